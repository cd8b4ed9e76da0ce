from django.urls import path

from ratings import report_views, views

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
]
