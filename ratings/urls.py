from django.urls import path

from ratings import follow_up_views, paper_views, report_views, views

app_name = "ratings"
urlpatterns = [
    path("nilai/", views.tablet, name="tablet"),
    path("nilai/keadaan/", views.tablet_state, name="tablet_state"),
    # fixed addresses come before this line: the token of a visit would take them
    path("nilai/<str:token>/", views.rate, name="rate"),
    path("nilai/<str:token>/pertanyaan/", views.rate_questions, name="rate_questions"),
    path("nilai/<str:token>/terima-kasih/", views.rate_thanks, name="rate_thanks"),
    path("penilaian/", views.rating_list, name="rating_list"),
    path("penilaian/saya/", views.own_totals, name="own_totals"),
    path("penilaian/laporan/", report_views.skm_report, name="skm_report"),
    path("penilaian/laporan/bekukan/", report_views.skm_freeze, name="skm_freeze"),
    path("penilaian/laporan/unduh/pdf/", report_views.skm_export, {"kind": "pdf"}, name="skm_pdf"),
    path("penilaian/laporan/unduh/xlsx/", report_views.skm_export, {"kind": "xlsx"}, name="skm_xlsx"),
    path("penilaian/laporan/unduh/poster/", report_views.skm_export, {"kind": "poster"}, name="skm_poster"),
    path("penilaian/tindak-lanjut/", follow_up_views.follow_up_list, name="follow_up_list"),
    path("penilaian/tindak-lanjut/buka/", follow_up_views.open_follow_ups, name="open_follow_ups"),
    path("penilaian/tindak-lanjut/<int:pk>/", follow_up_views.follow_up_detail, name="follow_up_detail"),
    path("penilaian/tindak-lanjut/<int:pk>/tulis/", follow_up_views.write_follow_up, name="write_follow_up"),
    path("penilaian/tindak-lanjut/<int:pk>/selesai/", follow_up_views.finish_follow_up, name="finish_follow_up"),
    path("penilaian/tindak-lanjut/<int:pk>/buka-lagi/", follow_up_views.reopen_follow_up, name="reopen_follow_up"),
    path("penilaian/tindak-lanjut/bukti/<int:pk>/", follow_up_views.follow_up_file, name="follow_up_file"),
    path("penilaian/kuesioner-kertas/", paper_views.paper_list, name="paper_list"),
    path("penilaian/kuesioner-kertas/impor/", paper_views.import_paper, name="import_paper"),
    path("penilaian/kuesioner-kertas/<int:pk>/", paper_views.paper_batch, name="paper_batch"),
    path("penilaian/kuesioner-kertas/<int:pk>/tarik/", paper_views.take_back_paper, name="take_back_paper"),
]
