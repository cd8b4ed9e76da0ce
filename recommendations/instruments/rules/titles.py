"""Checks on titles of activities, names of agencies and purposes."""

import re
from functools import cache

from recommendations.instruments.regions import CITIES, PROVINCES
from recommendations.instruments.rules.reading import Reading
from recommendations.instruments.rules.shape import Facts, Hit, RuleCheck, when
from recommendations.instruments.texts import WORD, listed

HABITS = "Kebiasaan berbeda-beda: ada kantor yang meminta tahun pada judul."
YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
WAYS = re.compile(
    r"\b(survei|survey|pendataan|sensus|studi|penelitian|kajian|pengukuran|penilaian|pencacahan|pemetaan|listing"
    r"|inventarisasi|pemutakhiran|pemantauan|monitoring|evaluasi|jajak pendapat|kompilasi)\b",
    re.IGNORECASE,
)
SURVEYS = re.compile(r"survei|survey|pendataan", re.IGNORECASE)
INDICATORS = re.compile(
    r"\b(?:indikator|indeks|ind(?:ex|ices)|persentase|persen|rasio|proporsi|prevalensi|insidensi|laju|skor|rata-rata"
    r"|jumlah|banyaknya|angka\s+\w+|nilai\s+\w+|tingkat\s+(?!kecamatan|kab|kota|prov|kel|desa|nasional|rt|rw)\w+)",
    re.IGNORECASE,
)
KINDS_OF_REGION = r"kota|kabupaten|kab|kecamatan|kec|kelurahan|desa|provinsi|prov|indonesia|nasional|kawasan"
LITTLE_WORDS = {"dan", "di", "pada", "terhadap", "tentang", "untuk", "tahun", "se", "dalam", "dengan", "oleh", "data"}
SHORT_NAMES = re.compile(
    r"\b(?:dis(?!abilit|tribu|trik|kusi|iplin|eminasi|krim|posisi|tansi|kon)[a-z]{2,}|din(?:sos|kes|dik|hub|pora|kop|perin)"
    r"|bapp?e\w+|bar?enlit\w*|balitbang\w*|brida|setda|setwan|kesbang\w*|satpol|damkar|kanwil|kejari|kejati|polda|polres\w*"
    r"|kodim|korem|pem(?:kot|kab|prov|da)|kemen(?!terian)\w+|kominfo\w*|bawaslu|baznas|puslit\w*)\b",
    re.IGNORECASE,
)
ACRONYM = re.compile(r"\b[A-Z]{2,}[a-z]?\b")
NO_ACRONYM = re.compile(r"[IVXLC]+|DKI|DI")  # Roman numerals, and parts of the names of two provinces


def year_in(item_id: str) -> RuleCheck:
    """Return a check that hits when the title contains a year (19xx or 20xx)."""

    def check(form: Reading, facts: Facts) -> list[Hit]:
        found = YEAR.findall(form.text(item_id))
        return [Hit(f"Tahun: {listed(found)}.")] if found else []

    return check


def acronym_in(item_id: str) -> RuleCheck:
    """Return a check that hits when the name of an agency is shortened: "Disbudporapar", "BKPSDM"."""

    def check(form: Reading, facts: Facts) -> list[Hit]:
        found = acronyms(form.text(item_id))
        return [Hit(f"Singkatan: {listed(found)}.")] if found else []

    return check


def acronyms(name: str) -> list[str]:
    """Return the shortened words of a name. If the whole name is in capitals, capitals do not count as a sign."""
    capitals = [] if name.isupper() and " " in name else ACRONYM.findall(name)
    return list(
        dict.fromkeys(SHORT_NAMES.findall(name) + [word for word in capitals if not NO_ACRONYM.fullmatch(word)])
    )


def parts_missing_in(item_id: str) -> RuleCheck:
    """Return a check that hits when the title of a survey lacks a part.

    The parts are cara pengumpulan (how), komponen utama (what) and cakupan wilayah (where).
    """

    def check(form: Reading, facts: Facts) -> list[Hit]:
        title = form.text(item_id)
        lacks = missing_parts(title, facts.office_region) if title else []
        return [Hit(f"Belum ada: {listed(lacks)}.")] if lacks else []

    return check


def missing_parts(title: str, office_region: str) -> list[str]:
    """Return those of the three parts that the title lacks; [] when it has them all."""
    parts = {
        "cara pengumpulan": WAYS.search(title),
        "komponen utama": _subject(title, office_region),
        "cakupan wilayah": names_region(title, office_region),
    }
    return [part for part, found in parts.items() if not found]


def region_missing_in(item_id: str) -> RuleCheck:
    """Return a check that hits when there is a title and it names no region."""

    def check(form: Reading, facts: Facts) -> list[Hit]:
        title = form.text(item_id)
        return [Hit()] if title and not names_region(title, facts.office_region) else []

    return check


def names_region(title: str, office_region: str) -> bool:
    """Return whether the title contains a kind of region ("Kecamatan") or the name of a known region."""
    return bool(_regions(office_region).search(title))


def _subject(title: str, office_region: str) -> list[str]:
    """Return the words of the title without the way of collecting, the region and little words."""
    rest = _regions(office_region).sub(" ", WAYS.sub(" ", title))
    return [word for word in WORD.findall(rest) if word.lower() not in LITTLE_WORDS and len(word) > 1]


@cache
def _regions(office_region: str) -> re.Pattern[str]:
    """Return a pattern for names and kinds of regions, with and without the kind before a name ("Kota Banjarbaru").

    Longer names come first, so that "Banjarmasin" is not read as "Banjar".
    """
    bare = {name.partition(" ")[2] for name in (*CITIES, office_region) if " " in name}
    names = sorted(map(re.escape, {*PROVINCES, *bare, *CITIES, office_region} - {""}), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(names)}|{KINDS_OF_REGION})\b", re.IGNORECASE)


def word_missing_in(item_id: str, word: str) -> RuleCheck:
    """Return a check that hits when there is a title and it does not contain the word."""
    return when(lambda form: bool(form.text(item_id)) and word not in form.text(item_id).lower())


def survey_words_in(item_id: str) -> RuleCheck:
    """Return a check that hits when the title contains a word for a survey."""

    def check(form: Reading, facts: Facts) -> list[Hit]:
        found = list(dict.fromkeys(SURVEYS.findall(form.text(item_id))))
        return [Hit(f"Kata: {listed(found)}.")] if found else []

    return check


def indicator_missing_in(item_id: str) -> RuleCheck:
    """Return a check that hits when there is a purpose and it names no indicator."""
    return when(lambda form: names_no_indicator(form.text(item_id)))


def names_no_indicator(purpose: str) -> bool:
    """Return whether there is a purpose and it names no indicator."""
    return bool(purpose) and not INDICATORS.search(purpose)
