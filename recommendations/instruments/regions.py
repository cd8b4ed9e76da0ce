"""Names of regions offered while typing, and which office of BPS may handle a survey there.

The lists only help typing: any name is kept as written, for regions are split and renamed.
"""

from collections.abc import Mapping
from typing import Any

PROVINCES = (
    "Aceh", "Sumatera Utara", "Sumatera Barat", "Riau", "Jambi", "Sumatera Selatan", "Bengkulu", "Lampung",
    "Kepulauan Bangka Belitung", "Kepulauan Riau", "DKI Jakarta", "Jawa Barat", "Jawa Tengah", "DI Yogyakarta",
    "Jawa Timur", "Banten", "Bali", "Nusa Tenggara Barat", "Nusa Tenggara Timur", "Kalimantan Barat",
    "Kalimantan Tengah", "Kalimantan Selatan", "Kalimantan Timur", "Kalimantan Utara", "Sulawesi Utara",
    "Sulawesi Tengah", "Sulawesi Selatan", "Sulawesi Tenggara", "Gorontalo", "Sulawesi Barat", "Maluku",
    "Maluku Utara", "Papua", "Papua Barat", "Papua Selatan", "Papua Tengah", "Papua Pegunungan", "Papua Barat Daya",
)  # fmt: skip
"""The 38 provinces since 2022, in the order of their BPS codes."""

CITIES = (
    "Kota Banjarmasin", "Kota Banjarbaru", "Kabupaten Tanah Laut", "Kabupaten Kotabaru", "Kabupaten Banjar",
    "Kabupaten Barito Kuala", "Kabupaten Tapin", "Kabupaten Hulu Sungai Selatan", "Kabupaten Hulu Sungai Tengah",
    "Kabupaten Hulu Sungai Utara", "Kabupaten Tabalong", "Kabupaten Tanah Bumbu", "Kabupaten Balangan",
)  # fmt: skip
"""The 13 kabupaten and kota of Kalimantan Selatan, the two cities first."""

NAMES = {"provinsi": PROVINCES, "kabkota": CITIES}
WHOLE_PROVINCE = "semua"
EVERYWHERE, SOMEWHERE = 1, 2  # codes of "cakupan_wilayah" on both forms


def competent_office(answers: Mapping[str, Any]) -> tuple[bool, str]:
    """Who may recommend a survey in these regions: (is it the office of one kabupaten/kota?, the words for the screen).

    Territory decides (BPS booklet of March 2021): one kabupaten/kota that office, several in one province BPS Provinsi,
    more than that BPS Pusat. (False, "") as long as nothing was answered.
    """
    if answers.get("cakupan_wilayah") == EVERYWHERE:
        return False, "Seluruh Indonesia: berwenang BPS Pusat. Arahkan pemohon ke sana."
    places = _places(answers.get("wilayah"))
    if answers.get("cakupan_wilayah") != SOMEWHERE or not places:
        return False, ""
    provinces = {province for province, _ in places}
    if len(provinces) > 1:
        return False, f"{len(provinces)} provinsi: berwenang BPS Pusat. Batasi wilayah atau arahkan pemohon."
    if len(places) > 1 or WHOLE_PROVINCE in {city.lower() for _, city in places}:
        province = next(iter(provinces))
        return (
            False,
            f"Lebih dari satu kabupaten/kota: berwenang BPS Provinsi {province}. Batasi wilayah atau arahkan pemohon.",
        )
    return True, f"Satu kabupaten/kota: berwenang BPS {next(iter(places))[1]}."


def _places(rows: Any) -> set[tuple[str, str]]:
    """The regions whose province and kabupaten/kota are both written, each once."""
    if not isinstance(rows, list):
        return set()
    pairs = ((str(row.get("provinsi") or ""), str(row.get("kabkota") or "")) for row in rows if isinstance(row, dict))
    return {(province, city) for province, city in pairs if province and city}
