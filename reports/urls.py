"""Addresses of the dashboard, of one's own file, and of the timetable."""

from django.urls import path

from reports.views import dashboard, my_file, timetable

urlpatterns = [
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("account/my-file/", my_file.my_file, name="my_file"),
    path("account/my-file/download/", my_file.my_file_download, name="my_file_download"),
    path("account/consents/", my_file.my_consents, name="my_consents"),
    path("timetable/", timetable.timetable, name="timetable"),
    path("timetable/<slug:name>/", timetable.errand, name="errand"),
    path("timetable/<slug:name>/<int:row>/", timetable.errand_letter, name="errand_letter"),
    path("timetable/<slug:name>/pause/", timetable.errand_pause, name="errand_pause"),
    path("timetable/<slug:name>/resume/", timetable.errand_resume, name="errand_resume"),
]
