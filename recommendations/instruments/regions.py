"""Names of regions that a form suggests, and the BPS office that may recommend an activity there.

The lists are only suggestions: any name is stored as typed, because regions are split and renamed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from recommendations.instruments.texts import listed

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
EVERYWHERE, SOMEWHERE = 1, 2  # codes of "cakupan_wilayah" on both forms
WHOLE_PROVINCE = re.compile(r"semua|seluruh", re.IGNORECASE)
SPELLINGS = {"kab": "kabupaten", "kodya": "kota", "kotamadya": "kota"}


@dataclass(frozen=True, slots=True)
class Competence:
    """Whether this office may recommend the activity (None while that is not known), and the words for the screen."""

    is_ours: bool | None
    words: str = ""


def competent_office(answers: Mapping[str, Any], office_region: str) -> Competence:
    """Return whether the office of the kabupaten/kota `office_region` may recommend an activity in these regions.

    The regions decide (BPS booklet of March 2021, p. 9). One kabupaten/kota: its BPS office. Several in one province:
    BPS Provinsi. Several provinces: BPS Pusat. `is_ours` is None when the answers name no region.
    """
    if answers.get("cakupan_wilayah") == EVERYWHERE:
        return Competence(False, f"Seluruh Indonesia: berwenang {PUSAT}. Arahkan pemohon ke sana.")
    places = _places(answers.get("wilayah"))
    if answers.get("cakupan_wilayah") != SOMEWHERE or not places:
        return Competence(None)
    return _competent_for(places, office_region)


PUSAT = "BPS Pusat, u.p. Direktur Diseminasi Statistik"


def _competent_for(places: Mapping[str, tuple[str, str]], office_region: str) -> Competence:
    provinces = list(dict.fromkeys(province for province, _ in places.values() if province))
    cities = [city for _, city in places.values()]
    turn = f"Batasi wilayah pada {office_region}, atau arahkan pemohon ke sana."
    if len(provinces) > 1:
        return Competence(False, f"{len(provinces)} provinsi ({listed(provinces)}): berwenang {PUSAT}. {turn}")
    if len(cities) > 1 or WHOLE_PROVINCE.match(cities[0]):
        where = f"{len(cities)} kabupaten/kota ({listed(cities)})" if len(cities) > 1 else "Seluruh provinsi"
        return Competence(False, f"{where}: berwenang BPS Provinsi {''.join(provinces)}".rstrip() + f". {turn}")
    if region_key(cities[0]) != region_key(office_region):
        return Competence(False, f"Wilayahnya {cities[0]}: berwenang BPS {cities[0]}. Arahkan pemohon ke sana.")
    return Competence(True, f"Satu kabupaten/kota: berwenang BPS {cities[0]}.")


def _places(rows: Any) -> dict[str, tuple[str, str]]:
    """Return province and name of each kabupaten/kota in the rows, by a key that is equal for equal regions.

    Rows without a kabupaten/kota are left out. Empty when `rows` is not a list.
    """
    if not isinstance(rows, list):
        return {}
    pairs = ((_words(row.get("provinsi")), _words(row.get("kabkota"))) for row in rows if isinstance(row, dict))
    return {f"{region_key(province)}/{region_key(city)}": (province, city) for province, city in pairs if city}


def _words(value: Any) -> str:
    return " ".join(value.split())[:100] if isinstance(value, str) else ""


def region_key(name: str) -> str:
    """Return the same key for every spelling of a region: "Kab. Banjar" and "KABUPATEN  BANJAR"."""
    words = name.casefold().replace(".", " ").split()
    return " ".join(SPELLINGS.get(word, word) for word in words)
