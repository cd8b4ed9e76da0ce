from django.urls import include, path

from recommendations.views import assigning, issuing, opening, requirements, sending, submissions, tracking

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
_issuing = [
    path("terbitkan/", issuing.letter_queue, name="letter_queue"),
    path("terbitkan/<int:pk>/", issuing.letter_issue, name="letter_issue"),
    path("terbitkan/<int:pk>/kembalikan/", issuing.letter_send_back, name="letter_send_back"),
    path("terbitkan/<int:pk>/halaman/<int:n>.png", issuing.draft_page, name="draft_page"),
    path("terbitkan/<int:pk>/konsep.pdf", issuing.draft_pdf, name="draft_pdf"),
]
_sending = [
    path("surat/<int:pk>/", sending.letter_pdf, name="letter_pdf"),
    path("permohonan/<int:pk>/kirim/", sending.send_letter, name="send_letter"),
    path("permohonan/<int:pk>/serahkan/", sending.hand_over, name="hand_over"),
    path("pengiriman/<int:pk>/ulangi/", sending.repeat_mail, name="repeat_mail"),
    path("permohonan/<int:pk>/tutup/", sending.close_submission, name="close_submission"),
]


_tracking = [
    path("lacak/<slug:token>/", tracking.track, name="track"),
    path("lacak/<slug:token>/jawaban/", tracking.track_answer, name="track_answer"),
    path("lacak/<slug:token>/berkas/", tracking.track_files, name="track_files"),
    path("lacak/<slug:token>/kirim/", tracking.track_send, name="track_send"),
    path("lacak/<slug:token>/catatan.pdf", tracking.track_slip, name="track_slip"),
    path("lacak/<slug:token>/surat.pdf", tracking.track_letter, name="track_letter"),
]

urlpatterns = [
    path("", include("recommendations.examination.urls")),
    path("", include("recommendations.attachments.urls")),
    path("", include("recommendations.romantik.urls")),
    path("", include("recommendations.recording.urls")),
    path("", include("recommendations.slip.urls")),
    path("", include("recommendations.promise.urls")),
    path("", include("recommendations.archive.urls")),
    path("", include("recommendations.agencies.urls")),
    *_submissions,
    *_issuing,
    *_sending,
    *_tracking,
]
