"""Addresses of the committee's organisation."""

from django.urls import path

from committee.views import calibration, progress

urlpatterns = [
    path("calibration/", calibration.calibration, name="calibration"),
    path("calibration/<int:pk>/", calibration.calibration_read, name="calibration_read"),
    path("progress/", progress.progress, name="progress"),
    path("progress/calibration/", progress.progress_calibration, name="progress_calibration"),
    path("progress/remind/", progress.progress_remind, name="progress_remind"),
    path("progress/readers/<int:pk>/", progress.progress_reader, name="progress_reader"),
    path("progress/readers/<int:pk>/move/", progress.progress_move, name="progress_move"),
    path("progress/readers/<int:pk>/extend/", progress.progress_extend, name="progress_extend"),
]
