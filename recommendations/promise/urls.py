from django.urls import path

from recommendations.promise.views import deadline, lateness

urlpatterns = [
    path("permohonan/<int:pk>/tenggat/", deadline.deadline, name="deadline"),
    path("permohonan/<int:pk>/tenggat/sebab/", lateness.explain_late, name="explain_late"),
    path("permohonan/<int:pk>/tenggat/pindah/", deadline.move_due_date, name="move_due_date"),
    path("kalender/<calendar_year:year>/ubah/", deadline.calendar_change, name="calendar_change"),
    path("kalender/<calendar_year:year>/ubah/terapkan/", deadline.calendar_apply, name="calendar_apply"),
]
