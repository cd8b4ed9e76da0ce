"""All addresses of the desk. The public ones are listed in tests/test_architecture.py."""

from django.contrib import admin
from django.contrib.auth import views as auth
from django.urls import include, path

from office import errors
from office.second_factor_views import second_step
from office.sign_in_views import LoginView, lead_to_sign_in
from recommendations.checking.views import check_letter

admin.site.site_header = admin.site.site_title = "Kantor"
admin.site.index_title = "Pengaturan kantor"
admin.site.login = lead_to_sign_in  # type: ignore[method-assign]  # so that there is one page to sign in, with one count of wrong passwords

handler400, handler403 = errors.bad_request, errors.permission_denied
handler404, handler500 = errors.page_not_found, errors.server_error

urlpatterns = [
    path("masuk/", LoginView.as_view(), name="login"),
    path("masuk/kode/", second_step, name="second_step"),
    path("s/<slug:token>/", check_letter, name="check_letter"),
    path("keluar/", auth.LogoutView.as_view(), name="logout"),
    path("", include("office.urls")),
    path("", include("guestbook.urls")),
    path("", include("recommendations.urls")),
    path("", include("complaints.urls")),
    path("", include("ratings.urls")),
    path("", include("reports.urls")),
    path("kantor/", admin.site.urls),
]
