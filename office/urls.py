from django.urls import path, register_converter

from office import idle_lock_views, second_factor_views, sign_in_views, views
from office.months import FIRST_YEAR, LAST_YEAR


class CalendarYearConverter:
    """A year that has a calendar; any other year is an address without a page."""

    regex = "[0-9]{4}"

    def to_python(self, value: str) -> int:
        """Return the year. Raise ValueError for a year without a calendar."""
        year = int(value)
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise ValueError(value)
        return year

    def to_url(self, year: int) -> str:
        """Return the year as the address has it."""
        return str(year)


register_converter(CalendarYearConverter, "calendar_year")

app_name = "office"
urlpatterns = [
    path("", views.home, name="home"),
    path("pasang/", views.pair_device, name="pair_device"),
    path("kalender/", views.calendar_now, name="calendar_now"),
    path("kalender/<calendar_year:year>/", views.calendar_year, name="calendar_year"),
    path("kalender/<calendar_year:year>/unduh.csv", views.calendar_file, {"kind": "csv"}, name="calendar_csv"),
    path("kalender/<calendar_year:year>/unduh.ics", views.calendar_file, {"kind": "ics"}, name="calendar_ics"),
    path("akun/", views.account, name="account"),
    path("akun/peristiwa/", views.account_events, name="account_events"),
    path("akun/peristiwa/<int:pk>/buka/", sign_in_views.end_pause, name="end_pause"),
    path("akun/sesi/", sign_in_views.session_list, name="session_list"),
    path("akun/sesi/<int:pk>/akhiri/", sign_in_views.end_session, name="end_session"),
    path("akun/sesi/akhiri-lainnya/", sign_in_views.end_other_sessions, name="end_other_sessions"),
    path("akun/langkah-kedua/", second_factor_views.second_factor, name="second_factor"),
    path("akun/langkah-kedua/mulai/", second_factor_views.begin_second_factor, name="begin_second_factor"),
    path("akun/langkah-kedua/matikan/", second_factor_views.remove_second_factor, name="remove_second_factor"),
    path("akun/langkah-kedua/<int:pk>/ulang/", second_factor_views.reset_second_factor, name="reset_second_factor"),
    path("kunci/", idle_lock_views.lock, name="lock"),
    path("kunci/buka/", idle_lock_views.unlock, name="unlock"),
    path("kunci/bukti/", idle_lock_views.prove, name="prove"),
    path("kunci/dipakai/", idle_lock_views.stay_awake, name="stay_awake"),
    path("akun/kata-sandi/", views.PasswordChangeView.as_view(), name="password_change"),
]
