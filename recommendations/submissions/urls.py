from django.urls import path

from recommendations.submissions.views import assigning, opening, requirements, submissions

urlpatterns = [
    path("permohonan/baru/kontak/", opening.account_choices, name="account_choices"),
    path("permohonan/<int:pk>/kunjungan/", requirements.link_visit, name="link_visit"),
    path("permohonan/", submissions.submission_list, name="submission_list"),
    path("permohonan/baru/", opening.submission_open, name="submission_open"),
    path("permohonan/<int:pk>/", submissions.submission_detail, name="submission_detail"),
    path("permohonan/<int:pk>/batal/", submissions.submission_cancel, name="submission_cancel"),
    path("permohonan/<int:pk>/petugas/", assigning.assign_submission, name="assign_submission"),
]
