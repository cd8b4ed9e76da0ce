from django.urls import path

from recommendations.attachments.views import attachments, phone, previews

urlpatterns = [
    path("permohonan/<int:pk>/lampiran/", attachments.attachments, name="attachments"),
    path("permohonan/<int:pk>/lampiran/berkas/", attachments.attachment_files, name="attachment_files"),
    path("permohonan/<int:pk>/lampiran/ponsel/", phone.phone_open, name="phone_open"),
    path("permohonan/<int:pk>/lampiran/ponsel/tutup/", phone.phone_close, name="phone_close"),
    path("permohonan/<int:pk>/lampiran/lihat/", previews.attachment_first, name="attachment_first"),
    path("lampiran/<int:pk>/", previews.attachment_download, name="attachment_download"),
    path("lampiran/<int:pk>/lihat/", previews.attachment_preview, name="attachment_preview"),
    path("lampiran/<int:pk>/halaman/<int:n>.jpg", previews.attachment_page, name="attachment_page"),
    path("lampiran/<int:pk>/buat-lagi/", previews.draw_attachment_again, name="draw_attachment_again"),
    path("lampiran/<int:pk>/jenis/", attachments.attachment_rekind, name="attachment_rekind"),
    path("lampiran/<int:pk>/lepas/", attachments.attachment_remove, name="attachment_remove"),
    path("foto/<slug:token>/", phone.phone_upload, name="phone_upload"),
    path("foto/<slug:token>/gabung/", phone.phone_join, name="phone_join"),
]
