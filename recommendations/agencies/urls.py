from django.urls import path

from recommendations.agencies.views import agencies, contacts, emails, merging

urlpatterns = [
    path("instansi/", agencies.agency_list, name="agency_list"),
    path("instansi/baru/", agencies.agency_add, name="agency_add"),
    path("instansi/<int:pk>/", agencies.agency_detail, name="agency_detail"),
    path("instansi/<int:pk>/ubah/", agencies.agency_edit, name="agency_edit"),
    path("instansi/<int:pk>/pemerintah/", agencies.note_government, name="note_government"),
    path("instansi/<int:pk>/nama-lain/", agencies.add_alias, name="add_alias"),
    path("instansi/nama-lain/<int:pk>/lepas/", agencies.remove_alias, name="remove_alias"),
    path("instansi/<int:pk>/gabung/", merging.merge_choose, name="merge_choose"),
    path("instansi/<int:pk>/gabung/<int:into>/", merging.merge_agency, name="merge_agency"),
    path("instansi/<int:pk>/kontak/", contacts.contact_add, name="contact_add"),
    path("kontak/<int:pk>/", contacts.contact_edit, name="contact_edit"),
    path("kontak/<int:pk>/kode/", emails.send_code, name="send_code"),
    path("kontak/<int:pk>/kode/cocok/", emails.confirm_code, name="confirm_code"),
    path("kontak/<int:pk>/cara-lain/", emails.confirm_otherwise, name="confirm_otherwise"),
    path("kontak/<int:pk>/e-mail/", emails.email_state, name="email_state"),
    path("e-mail/<slug:token>/", emails.confirm_email, name="confirm_email"),
]
