from django.urls import path

from recommendations.romantik import views

urlpatterns = [
    path("permohonan/<int:pk>/romantik/", views.romantik_form, name="romantik_form"),
    path("permohonan/<int:pk>/romantik.json", views.romantik_json, name="romantik_json"),
    path("permohonan/<int:pk>/romantik.xlsx", views.romantik_xlsx, name="romantik_xlsx"),
]
