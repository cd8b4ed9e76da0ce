from django.urls import path

from office import views

app_name = "office"
urlpatterns = [
    path("", views.home, name="home"),
    path("pasang/", views.pair_device, name="pair_device"),
    path("akun/", views.account, name="account"),
    path("akun/kata-sandi/", views.PasswordChangeView.as_view(), name="password_change"),
]
