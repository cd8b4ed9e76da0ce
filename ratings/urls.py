from django.urls import path

from ratings import report_views, views

app_name = "ratings"
urlpatterns = [
    path("nilai/", views.tablet, name="tablet"),
    path("nilai/keadaan/", views.tablet_state, name="tablet_state"),
    # fixed addresses stand above this line: the token of a visit would take them
    path("nilai/<str:token>/", views.rate, name="rate"),
    path("nilai/<str:token>/terima-kasih/", views.rate_thanks, name="rate_thanks"),
    path("penilaian/", views.rating_list, name="rating_list"),
    path("penilaian/laporan/", report_views.skm_report, name="skm_report"),
    path("penilaian/laporan/bekukan/", report_views.skm_freeze, name="skm_freeze"),
    path("penilaian/laporan/laporan.pdf", report_views.skm_pdf, name="skm_pdf"),
    path("penilaian/laporan/laporan.xlsx", report_views.skm_xlsx, name="skm_xlsx"),
    path("penilaian/laporan/poster.pdf", report_views.skm_poster, name="skm_poster"),
]
