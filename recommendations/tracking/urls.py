from django.urls import path

from recommendations.tracking import views

urlpatterns = [
    path("lacak/<slug:token>/", views.track, name="track"),
    path("lacak/<slug:token>/jawaban/", views.track_answer, name="track_answer"),
    path("lacak/<slug:token>/berkas/", views.track_files, name="track_files"),
    path("lacak/<slug:token>/kirim/", views.track_send, name="track_send"),
    path("lacak/<slug:token>/catatan.pdf", views.track_slip, name="track_slip"),
    path("lacak/<slug:token>/surat.pdf", views.track_letter, name="track_letter"),
]
