from django.urls import path, register_converter

from guestbook.periods import Period
from reports.views import dashboard, day_recap, feeds, health, packet, recaps, standard


class PeriodConverter:
    """A period in an address: `bulan/2026/11`, `triwulan/2026/4`, `semester/2026/2` or `tahun/2026`."""

    regex = r"bulan/2[01]\d\d/(?:1[0-2]|[1-9])|triwulan/2[01]\d\d/[1-4]|semester/2[01]\d\d/[12]|tahun/2[01]\d\d"
    names = {1: "bulan", 3: "triwulan", 6: "semester", 12: "tahun"}

    def to_python(self, value: str) -> Period:
        span, year, *place = value.split("/")
        months = next(count for count, name in self.names.items() if name == span)
        number = int(place[0]) if place else 1
        return Period(int(year), (number - 1) * months + 1, months)

    def to_url(self, period: Period) -> str:
        place = [] if period.months == 12 else [str(period.number)]
        return "/".join([self.names[period.months], str(period.year), *place])


register_converter(PeriodConverter, "period")

app_name = "reports"
urlpatterns = [
    path("ringkasan/", dashboard.dashboard, name="dashboard"),
    path("ringkasan/hari-ini/", day_recap.day_recap, name="day_recap"),
    path("ringkasan/<period:period>/", recaps.submission_recap, name="recap"),
    path("ringkasan/<period:period>/rekap.xlsx", recaps.recap_xlsx, name="recap_xlsx"),
    path("ringkasan/<period:period>/rekap.pdf", recaps.recap_pdf, name="recap_pdf"),
    path("ringkasan/bukti/<period:period>/", packet.packet_page, name="packet"),
    path("ringkasan/bukti/<period:period>/bukti.zip", packet.packet_zip, name="packet_zip"),
    path("ringkasan/tautan-kalender/", feeds.feed_link, name="feed_link"),
    path("ringkasan/tautan-kalender/buat/", feeds.make_feed_link, name="make_feed_link"),
    path("ringkasan/tautan-kalender/cabut/", feeds.revoke_feed_link, name="revoke_feed_link"),
    path("kesehatan/", health.health_state, name="health_state"),
    path("kesehatan/rinci/", health.health_detail, name="health_detail"),
    path("kalender/tenggat/<slug:secret>.ics", feeds.feed, name="feed"),
    path("standar-pelayanan/", standard.service_standard, name="service_standard"),
    path("standar-pelayanan/cetak.pdf", standard.standard_pdf, name="standard_pdf"),
    path("standar-pelayanan/ubah/", standard.standard_edit, name="standard_edit"),
    path("standar-pelayanan/ubah/ditinjau/", standard.standard_reviewed, name="standard_reviewed"),
]
