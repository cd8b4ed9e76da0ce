from django.urls import path

from recommendations.slip import views

urlpatterns = [
    path("catatan-perbaikan/<int:pk>/", views.slip_open, name="slip_open"),
    path("catatan-perbaikan/<int:pk>/buat-lagi/", views.draw_slip_again, name="draw_slip_again"),
    path("catatan-perbaikan/<int:pk>/serahkan/", views.slip_hand_over, name="slip_hand_over"),
    path("catatan-perbaikan/<int:pk>/kirim/", views.slip_mail, name="slip_mail"),
    path("catatan-perbaikan/<int:pk>/e-mail-sampai/", views.slip_mail_arrived, name="slip_mail_arrived"),
    path("catatan-perbaikan/<int:pk>/e-mail-kembali/", views.slip_mail_bounced, name="slip_mail_bounced"),
]
