"""Addresses of UdeM's lists."""

from django.urls import path

from reconciliation.views import columns, export, lists, review, words

urlpatterns = [
    path("udem-lists/", lists.udem_lists, name="udem_lists"),
    path("udem-lists/receive/", lists.udem_list_receive, name="udem_list_receive"),
    path("udem-lists/words/", words.udem_words, name="udem_words"),
    path("udem-lists/words/learn/", words.udem_words_learn, name="udem_words_learn"),
    path("udem-lists/export/", export.udem_export, name="udem_export"),
    path("udem-lists/export/file/", export.udem_export_file, name="udem_export_file"),
    path("udem-lists/<int:pk>/", lists.udem_list, name="udem_list"),
    path("udem-lists/<int:pk>/columns/", columns.udem_list_columns, name="udem_list_columns"),
    path("udem-lists/<int:pk>/encoding/", columns.udem_list_encoding, name="udem_list_encoding"),
    path("udem-lists/<int:pk>/compare/", columns.udem_list_compare, name="udem_list_compare"),
    path("udem-lists/<int:pk>/lines/", review.udem_list_lines, name="udem_list_lines"),
    path("udem-lists/<int:pk>/changes/", review.udem_list_changes, name="udem_list_changes"),
    path(
        "udem-lists/<int:pk>/changes/choose/",
        review.udem_changes_choose,
        name="udem_changes_choose",
    ),
    path("udem-lists/line/<int:pk>/choose/", review.udem_line_choose, name="udem_line_choose"),
    path("udem-lists/change/<int:pk>/again/", review.udem_change_again, name="udem_change_again"),
    path("udem-lists/<int:pk>/apply/", lists.udem_list_apply, name="udem_list_apply"),
    path("udem-lists/<int:pk>/undo/", lists.udem_list_undo, name="udem_list_undo"),
    path("udem-lists/<int:pk>/erase/", lists.udem_list_erase, name="udem_list_erase"),
]
