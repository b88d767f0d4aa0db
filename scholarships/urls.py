"""Addresses of scholarships."""

from django.urls import URLPattern, path

from scholarships.views import applying as mine
from scholarships.views import confiding as sealed

OWN = "scholarships/mine/<str:number>"

# Those of applicants. What is confided has one address in every category, so that no address tells which it is.
applying: list[URLPattern] = [
    path("scholarships/", mine.scholarships, name="scholarships"),
    path("scholarships/rounds/<int:pk>/", mine.scholarship, name="scholarship"),
    path("scholarships/rounds/<int:pk>/begin/", mine.scholarship_begin, name="scholarship_begin"),
    path(f"{OWN}/", mine.scholarship_statement, name="scholarship_statement"),
    path(f"{OWN}/send/", mine.scholarship_send, name="scholarship_send"),
    path(f"{OWN}/withdraw/", mine.scholarship_withdraw, name="scholarship_withdraw"),
    path(f"{OWN}/restore/", mine.scholarship_restore, name="scholarship_restore"),
    path(
        f"{OWN}/consents/<slug:code>/withdraw/",
        mine.scholarship_consent_withdraw,
        name="scholarship_consent_withdraw",
    ),
    path(f"{OWN}/in-confidence/", sealed.scholarship_confidential, name="scholarship_confidential"),
    path(
        f"{OWN}/in-confidence/erase/",
        sealed.scholarship_confidential_erase,
        name="scholarship_confidential_erase",
    ),
    path(f"{OWN}/proof/", sealed.scholarship_proof, name="scholarship_proof"),
    path(f"{OWN}/proof/file/", sealed.scholarship_proof_file, name="scholarship_proof_file"),
    path(f"{OWN}/proof/erase/", sealed.scholarship_proof_erase, name="scholarship_proof_erase"),
]
# Those of self-identification and of the privacy service.
confiding: list[URLPattern] = []
# Those of the panel, and of who shows its results.
judging: list[URLPattern] = []
# Those of awards and their money.
awarding: list[URLPattern] = []

urlpatterns = [*applying, *confiding, *judging, *awarding]
