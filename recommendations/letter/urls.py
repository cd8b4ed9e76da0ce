from django.urls import path

from recommendations.letter.views import downloads, drawing, issuing, receipts, register, sending, whatsapp

urlpatterns = [
    path("terbitkan/", issuing.letter_queue, name="letter_queue"),
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
    path("surat/<int:pk>/tautan/", downloads.renew_download, name="renew_download"),
    path("surat/<int:pk>/tanda-terima/", receipts.receipt_form, name="receipt_form"),
    path("pengiriman/<int:pk>/tanda-terima/", receipts.delivery_receipt, name="delivery_receipt"),
    path("tanda-terima/<int:pk>/gambar.jpg", receipts.receipt_picture, name="receipt_picture"),
    path("tanda-terima/<int:pk>/unduh/", receipts.receipt_download, name="receipt_download"),
    path("unduh/<slug:token>/", downloads.download_page, name="download_page"),
    path("unduh/<slug:token>/surat.pdf", downloads.fetch_letter, name="fetch_letter"),
    path("permohonan/<int:pk>/kirim/", sending.send_letter, name="send_letter"),
    path("surat/<int:pk>/whatsapp/", whatsapp.send_whatsapp, name="send_whatsapp"),
    path("pengiriman/<int:pk>/dijawab/", sending.note_answer, name="note_answer"),
    path("permohonan/<int:pk>/serahkan/", sending.hand_over, name="hand_over"),
    path("pengiriman/<int:pk>/ulangi/", sending.repeat_mail, name="repeat_mail"),
    path("pengiriman/<int:pk>/sampai/", sending.mail_arrived, name="mail_arrived"),
    path("pengiriman/<int:pk>/kembali/", sending.mail_bounced, name="mail_bounced"),
    path("permohonan/<int:pk>/tutup/", sending.close_submission, name="close_submission"),
]
