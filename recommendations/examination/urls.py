from django.urls import path

from recommendations.examination.views import comparing, deciding, examining, opinions, rounds

urlpatterns = [
    path("permohonan/<int:pk>/periksa/", examining.examine, name="examine"),
    path("permohonan/<int:pk>/catatan/", examining.write_remark, name="write_remark"),
    path("permohonan/<int:pk>/catatan/<int:remark_pk>/terima/", examining.accept_remark, name="accept_remark"),
    path("permohonan/<int:pk>/catatan/<int:remark_pk>/buka/", examining.unaccept_remark, name="unaccept_remark"),
    path("permohonan/<int:pk>/kembalikan/", deciding.return_submission, name="return_submission"),
    path("permohonan/<int:pk>/verifikasi/", deciding.verify_submission, name="verify_submission"),
    path("permohonan/<int:pk>/banding/", comparing.round_compare, name="round_compare"),
    path("permohonan/<int:pk>/putaran/<int:n>/", rounds.round_detail, name="round_detail"),
    path("permohonan/<int:pk>/pendapat/", opinions.opinion_add, name="opinion_add"),
    path("pendapat/<int:pk>/", opinions.opinion_download, name="opinion_download"),
    path("pendapat/<int:pk>/lihat/", opinions.opinion_preview, name="opinion_preview"),
    path("pendapat/<int:pk>/halaman/<int:n>.jpg", opinions.opinion_page, name="opinion_page"),
    path("pendapat/<int:pk>/buat-lagi/", opinions.draw_opinion_again, name="draw_opinion_again"),
    path("pendapat/<int:pk>/hapus/", opinions.opinion_remove, name="opinion_remove"),
]
