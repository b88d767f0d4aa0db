"""Addresses of the committee's work."""

from django.urls import path

from committee.views import calibration, discussion, plans, progress, readers

urlpatterns = [
    path("plans/", plans.plans, name="plans"),
    path("plans/ask/", plans.plan_ask, name="plan_ask"),
    path("plans/<int:pk>/", plans.plan_show, name="plan_show"),
    path("plans/<int:pk>/apply/", plans.plan_apply, name="plan_apply"),
    path("plans/<int:pk>/discard/", plans.plan_discard, name="plan_discard"),
    path("plans/readers/", readers.readership, name="readership"),
    path("plans/readers/save/", readers.readership_save, name="readership_save"),
    path("files/<str:number>/discussion/", discussion.discussion, name="discussion"),
    path("files/<str:number>/discussion/say/", discussion.discussion_say, name="discussion_say"),
    path("remarks/<int:pk>/correct/", discussion.remark_correct, name="remark_correct"),
    path("remarks/<int:pk>/withdraw/", discussion.remark_withdraw, name="remark_withdraw"),
    path("calibration/", calibration.calibration, name="calibration"),
    path("calibration/<int:pk>/", calibration.calibration_read, name="calibration_read"),
    path("progress/", progress.progress, name="progress"),
    path("progress/calibration/", progress.progress_calibration, name="progress_calibration"),
    path("progress/remind/", progress.progress_remind, name="progress_remind"),
    path("progress/readers/<int:pk>/", progress.progress_reader, name="progress_reader"),
    path("progress/readers/<int:pk>/move/", progress.progress_move, name="progress_move"),
    path("progress/readers/<int:pk>/extend/", progress.progress_extend, name="progress_extend"),
]
