from django.apps import AppConfig


class PstDeskConfig(AppConfig):
    name = "pst_desk"
    verbose_name = "pst-desk"
