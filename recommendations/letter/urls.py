from django.urls import path

from recommendations.letter.views import correcting, drawing, ending, issuing, issuing_several, register, sending

urlpatterns = [
    path("terbitkan/", issuing.letter_queue, name="letter_queue"),
    path("terbitkan/bersama/", issuing_several.issue_letters, name="issue_letters"),
    path("terbitkan/<int:pk>/", issuing.letter_issue, name="letter_issue"),
    path("terbitkan/<int:pk>/kembalikan/", issuing.letter_send_back, name="letter_send_back"),
    path("terbitkan/<int:pk>/halaman/<int:n>.png", issuing.draft_page, name="draft_page"),
    path("terbitkan/<int:pk>/konsep.pdf", issuing.draft_pdf, name="draft_pdf"),
    path("surat/register/", register.number_register, name="number_register"),
    path("surat/register/nomor.xlsx", register.number_register_xlsx, name="number_register_xlsx"),
    path("surat/register/batal/", register.void_numbers, name="void_numbers"),
    path("surat/register/pesan/", register.reserve_numbers, name="reserve_numbers"),
    path("surat/<int:pk>/", sending.letter_pdf, name="letter_pdf"),
    path("surat/<int:pk>/bertanda-tangan/", sending.signed_pdf, name="signed_pdf"),
    path("surat/<int:pk>/buat-lagi/", drawing.draw_letter_again, name="draw_letter_again"),
    path("surat/<int:pk>/ganti/", ending.replace_letter, name="replace_letter"),
    path("surat/<int:pk>/pertahankan/", ending.keep_letter, name="keep_letter"),
    path("surat/<int:pk>/cabut/", ending.revoke_letter, name="revoke_letter"),
    path("permohonan/<int:pk>/perbaiki/", correcting.correct_answer, name="correct_answer"),
    path("permohonan/<int:pk>/kirim/", sending.send_letter, name="send_letter"),
    path("permohonan/<int:pk>/serahkan/", sending.hand_over, name="hand_over"),
    path("pengiriman/<int:pk>/ulangi/", sending.repeat_mail, name="repeat_mail"),
    path("pengiriman/<int:pk>/sampai/", sending.mail_arrived, name="mail_arrived"),
    path("pengiriman/<int:pk>/kembali/", sending.mail_bounced, name="mail_bounced"),
    path("permohonan/<int:pk>/tutup/", sending.close_submission, name="close_submission"),
]
