from django.urls import path

from recommendations.results import views

urlpatterns = [
    path("hasil/", views.result_list, name="result_list"),
    path("permohonan/<int:pk>/hasil/", views.result_notes, name="result_notes"),
    path("permohonan/<int:pk>/hasil/diminta/", views.note_asked, name="note_asked"),
    path("permohonan/<int:pk>/hasil/diterima/", views.note_received, name="note_received"),
]
