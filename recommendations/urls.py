from django.urls import path

from recommendations.views import (
    attachments,
    completing,
    examination,
    issuing,
    recording,
    rounds,
    sending,
    similar,
    submissions,
)

app_name = "recommendations"

_submissions = [
    path("permohonan/", submissions.submission_list, name="submission_list"),
    path("permohonan/baru/", submissions.submission_open, name="submission_open"),
    path("permohonan/<int:pk>/", submissions.submission_detail, name="submission_detail"),
    path("permohonan/<int:pk>/batal/", submissions.submission_cancel, name="submission_cancel"),
]
_recording = [
    path("permohonan/<int:pk>/rekam/", recording.record, name="record"),
    path("permohonan/<int:pk>/rekam/<slug:block_id>/", recording.record_block, name="record_block"),
    path("permohonan/<int:pk>/isian/<slug:item_id>/", recording.save_item, name="save_item"),
    path("permohonan/<int:pk>/terekam-lengkap/", completing.record_complete, name="record_complete"),
    path("permohonan/<int:pk>/tanda-terima/", completing.receipt, name="receipt"),
    path("permohonan/<int:pk>/lampiran/", attachments.attachments, name="attachments"),
    path("lampiran/<int:pk>/", attachments.attachment_download, name="attachment_download"),
    path("lampiran/<int:pk>/lepas/", attachments.attachment_remove, name="attachment_remove"),
]
_examination = [
    path("permohonan/<int:pk>/periksa/", examination.examine, name="examine"),
    path("permohonan/<int:pk>/catatan/", examination.write_remark, name="write_remark"),
    path("permohonan/<int:pk>/kembalikan/", examination.return_submission, name="return_submission"),
    path("permohonan/<int:pk>/verifikasi/", examination.verify_submission, name="verify_submission"),
    path("permohonan/<int:pk>/putaran/<int:n>/", rounds.round_detail, name="round_detail"),
]
_comparing = [
    path("permohonan/<int:pk>/serupa/", similar.similar, name="similar"),
    path("permohonan/<int:pk>/bukan-duplikasi/", similar.confirm_no_duplicate, name="confirm_no_duplicate"),
    path("permohonan/<int:pk>/duplikasi/", similar.name_duplicate, name="name_duplicate"),
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

urlpatterns = [*_submissions, *_recording, *_examination, *_comparing, *_issuing, *_sending]
