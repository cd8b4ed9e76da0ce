from django.urls import path

from recommendations.signing.views import direct, scans, signed_files

urlpatterns = [
    path("terbitkan/tanda-tangan/", direct.sign_letters, name="sign_letters"),
    path("surat/<int:pk>/boleh-lagi/", direct.sign_again, name="sign_again"),
    path("surat/<int:pk>/pindaian/", scans.sign_by_scan, name="sign_by_scan"),
    path("surat/<int:pk>/tanda-tangan/", signed_files.sign_by_file, name="sign_by_file"),
    path("surat/<int:pk>/halaman/<int:n>.png", scans.letter_page, name="letter_page"),
    path("pindaian/<int:pk>/", scans.scan_check, name="scan_check"),
    path("pindaian/<int:pk>/cocok/", scans.scan_accept, name="scan_accept"),
    path("pindaian/<int:pk>/tolak/", scans.scan_reject, name="scan_reject"),
    path("pindaian/<int:pk>/gambar-lagi/", scans.draw_copy_again, name="draw_copy_again"),
    path("pindaian/<int:pk>/halaman/<int:n>.jpg", scans.copy_page, name="copy_page"),
    path("pindaian/<int:pk>/unduh/", scans.copy_download, name="copy_download"),
]
