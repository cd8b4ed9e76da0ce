from django.urls import path

from office import views

app_name = "office"
urlpatterns = [
    path("", views.home, name="home"),
    path("pasang/", views.pair_device, name="pair_device"),
    path("kalender/", views.calendar_now, name="calendar_now"),
    path("kalender/<int:year>/", views.calendar_year, name="calendar_year"),
    path("kalender/<int:year>/unduh.csv", views.calendar_file, {"kind": "csv"}, name="calendar_csv"),
    path("kalender/<int:year>/unduh.ics", views.calendar_file, {"kind": "ics"}, name="calendar_ics"),
    path("akun/", views.account, name="account"),
    path("akun/kata-sandi/", views.PasswordChangeView.as_view(), name="password_change"),
]
