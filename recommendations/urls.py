from django.urls import include, path

from recommendations.views import assigning, opening, requirements, submissions

app_name = "recommendations"

_submissions = [
    path("permohonan/baru/kontak/", opening.account_choices, name="account_choices"),
    path("permohonan/<int:pk>/kunjungan/", requirements.link_visit, name="link_visit"),
    path("permohonan/", submissions.submission_list, name="submission_list"),
    path("permohonan/baru/", opening.submission_open, name="submission_open"),
    path("permohonan/<int:pk>/", submissions.submission_detail, name="submission_detail"),
    path("permohonan/<int:pk>/batal/", submissions.submission_cancel, name="submission_cancel"),
    path("permohonan/<int:pk>/petugas/", assigning.assign_submission, name="assign_submission"),
]


urlpatterns = [
    path("", include("recommendations.tracking.urls")),
    path("", include("recommendations.letter.urls")),
    path("", include("recommendations.examination.urls")),
    path("", include("recommendations.attachments.urls")),
    path("", include("recommendations.romantik.urls")),
    path("", include("recommendations.recording.urls")),
    path("", include("recommendations.slip.urls")),
    path("", include("recommendations.promise.urls")),
    path("", include("recommendations.archive.urls")),
    path("", include("recommendations.agencies.urls")),
    *_submissions,
]
