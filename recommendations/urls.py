from django.urls import path

from recommendations.views import (
    agencies,
    attachments,
    completing,
    contacts,
    emails,
    examination,
    issuing,
    merging,
    recording,
    requirements,
    rounds,
    sending,
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
_agencies = [
    path("instansi/", agencies.agency_list, name="agency_list"),
    path("instansi/baru/", agencies.agency_add, name="agency_add"),
    path("instansi/<int:pk>/", agencies.agency_detail, name="agency_detail"),
    path("instansi/<int:pk>/ubah/", agencies.agency_edit, name="agency_edit"),
    path("instansi/<int:pk>/pemerintah/", agencies.note_government, name="note_government"),
    path("instansi/<int:pk>/nama-lain/", agencies.add_alias, name="add_alias"),
    path("instansi/nama-lain/<int:pk>/lepas/", agencies.remove_alias, name="remove_alias"),
    path("instansi/<int:pk>/gabung/", merging.merge_choose, name="merge_choose"),
    path("instansi/<int:pk>/gabung/<int:into>/", merging.merge_agency, name="merge_agency"),
]
_applicants = [
    path("instansi/<int:pk>/kontak/", contacts.contact_add, name="contact_add"),
    path("kontak/<int:pk>/", contacts.contact_edit, name="contact_edit"),
    path("kontak/<int:pk>/kode/", emails.send_code, name="send_code"),
    path("kontak/<int:pk>/kode/cocok/", emails.confirm_code, name="confirm_code"),
    path("kontak/<int:pk>/cara-lain/", emails.confirm_otherwise, name="confirm_otherwise"),
    path("kontak/<int:pk>/e-mail/", emails.email_state, name="email_state"),
    path("e-mail/<slug:token>/", emails.confirm_email, name="confirm_email"),
    path("permohonan/baru/kontak/", contacts.account_choices, name="account_choices"),
    path("permohonan/<int:pk>/kunjungan/", requirements.link_visit, name="link_visit"),
]

urlpatterns = [*_submissions, *_recording, *_examination, *_issuing, *_sending, *_agencies, *_applicants]
