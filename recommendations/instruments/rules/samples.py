"""Checks on Blok VI of FS3, which read the sampling fraction and the sampling error from free text."""

import re

from recommendations.instruments.conditions import is_required
from recommendations.instruments.rules.reading import Reading
from recommendations.instruments.rules.shape import Facts, Hit
from recommendations.instruments.texts import listed

BLOCK = "blok_6"
MULTI_STAGE = 2
NUMBER = r"(?:[1-9]\d{0,2}(?:[. ]\d{3})+(?![\d])(?:,\d+)?|\d+(?:[.,]\d+)?)"
FRACTION = re.compile(rf"({NUMBER})\s*(?:/|:|\bdari\b|\bper\b)\s*({NUMBER})", re.IGNORECASE)
THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:[. ]\d{3})+")
SEVERAL_STAGES = re.compile(
    r"[×*∙]|\bx\b|\d\s*x\s*\d|\bdikali|\btahap\s*(?:2|ii|kedua)\b|\b(?:seluruh|semua|tiap|setiap|dua|tiga)\s+tahap|\bf2\b",
    re.IGNORECASE,
)
CONFIDENCE = re.compile(
    rf"(?:kepercayaan|keyakinan|confidence(?: level| interval)?)\D{{0,12}}{NUMBER}\s*(?:%|persen)?"
    rf"|{NUMBER}\s*(?:%|persen)\s*(?:tingkat |taraf |selang )?(?:kepercayaan|keyakinan|confidence)"
    rf"|\b(?:z|n|t)\s*=?\s*{NUMBER}|(?<!\d)(?:19|20)\d\d(?!\d|\s*%)",
    re.IGNORECASE,
)
ERROR_VALUE = re.compile(rf"({NUMBER})\s*(%|persen|percent)?", re.IGNORECASE)
MEASURES = re.compile(
    r"\b(?:r\.?s\.?e|c\.?v|m\.?o\.?e|s\.?e|margin|relative standard error|stand(?:ar|ard) error|coefficient|koefisien"
    r"|alpha|alfa|galat|bound of error|batas (?:kesalahan|toleransi)|toleransi kesalahan|kesalahan baku)\b|α",
    re.IGNORECASE,
)
HIGHEST_ERROR = 5.0
"""In per cent."""
LARGEST_GAP = 0.01
"""The largest accepted difference between two fractions that should be equal."""


def is_probability_sample(form: Reading) -> bool:
    """Return whether R.5.1 and R.5.5 both have code 1, so that Blok VI is to be filled."""
    return form.code("cara_pengumpulan") == 1 and form.code("metode_penelitian") == 1


def design_incomplete(form: Reading, facts: Facts) -> list[Hit]:
    """Return one hit, at the first empty required item of Blok VI. [] when there is none or Blok VI is skipped."""
    if not is_probability_sample(form):
        return []
    own = form.instrument.block(BLOCK).items
    items = [item.id for item in own if form.is_empty(item.id) and is_required(form.instrument, item, form.answers)]
    names = list(dict.fromkeys(map(form.name, items)))
    return [Hit(f"Belum terisi: {listed(names)}.", items[0])] if items else []


def design_uncalled_for(form: Reading, facts: Facts) -> list[Hit]:
    """Return one hit, at the first filled item of Blok VI, when there is no probability sample; else []."""
    if is_probability_sample(form):
        return []
    filled = [item.id for item in form.instrument.block(BLOCK).items if not form.is_empty(item.id)]
    names = list(dict.fromkeys(map(form.name, filled)))
    return [Hit(f"Terisi: {listed(names)}. Kosongkan, atau perbaiki R.5.1 dan R.5.5.", filled[0])] if filled else []


def fraction_of_one_stage(form: Reading) -> bool:
    """Return whether the design has several stages but the fraction shows only one. False without a fraction."""
    words = form.text("fraksi_sampel")
    if not (is_probability_sample(form) and form.code("jenis_rancangan") == MULTI_STAGE and words):
        return False
    return len(FRACTION.findall(words)) < 2 and not SEVERAL_STAGES.search(words)


def fraction_differs(form: Reading, facts: Facts) -> list[Hit]:
    """Return a hit when the text has one fraction n/N and n differs from the sample size in R.6.5; else []."""
    found = FRACTION.findall(form.text("fraksi_sampel"))
    size = form.number("jumlah_sampel")
    if not is_probability_sample(form) or len(found) != 1 or size is None:
        return []
    n, population = map(_number, found[0])
    if not population or abs(n - size) / population <= LARGEST_GAP:
        return []
    return [Hit(f"Tertulis {found[0][0]}/{found[0][1]}, R.6.5 berisi {size}.")]


def error_too_high(form: Reading, facts: Facts) -> list[Hit]:
    """Return a hit when the highest sampling error in the text is above 5 per cent; else []."""
    values = error_values(form.text("sampling_error")) if is_probability_sample(form) else []
    if max(values, default=0) <= HIGHEST_ERROR:
        return []
    highest = f"{max(values):g}".replace(".", ",")
    return [Hit(f"Terbaca {highest} persen.")]


def error_values(words: str) -> list[float]:
    """Return the errors in the text, in per cent: 0,05 without a per cent sign is 5.

    Leave out levels of confidence, z-values and years.
    """
    found = ERROR_VALUE.findall(CONFIDENCE.sub(" ", words))
    values = [(_number(number), bool(sign)) for number, sign in found]
    return [value if is_percent or value >= 1 else round(value * 100, 6) for value, is_percent in values]


def error_without_measure(form: Reading) -> bool:
    """Return whether the text about the sampling error does not name its measure. False without a text."""
    words = form.text("sampling_error")
    return is_probability_sample(form) and bool(words) and not MEASURES.search(words)


def _number(words: str) -> float:
    """Return the number written as "20.000", "0,019" or "0.019"."""
    if THOUSANDS.match(words):
        words = re.sub(r"[. ]", "", words)
    return float(words.replace(",", "."))
