from django.urls import path

from recommendations.archive import views

urlpatterns = [
    path("permohonan/<int:pk>/serupa/", views.similar, name="similar"),
    path("permohonan/<int:pk>/bukan-duplikasi/", views.confirm_no_duplicate, name="confirm_no_duplicate"),
    path("permohonan/<int:pk>/duplikasi/", views.name_duplicate, name="name_duplicate"),
]
