"""Addresses of committee."""

from django.urls import path

from committee.views import discussion

urlpatterns = [
    path("files/<str:number>/discussion/", discussion.discussion, name="discussion"),
    path("files/<str:number>/discussion/say/", discussion.discussion_say, name="discussion_say"),
    path("remarks/<int:pk>/correct/", discussion.remark_correct, name="remark_correct"),
    path("remarks/<int:pk>/withdraw/", discussion.remark_withdraw, name="remark_withdraw"),
]
