"""Checks on the regions of an activity: the competent office, and the level of estimates that they allow."""

from recommendations.instruments.regions import EVERYWHERE, SOMEWHERE, WHOLE_PROVINCE, competent_office, region_key
from recommendations.instruments.rules.reading import Reading
from recommendations.instruments.rules.shape import ERROR, Facts, Hit, Rule
from recommendations.instruments.texts import listed

LEVELS = {1: "nasional", 2: "provinsi"}
"""Codes of R.7.2 for levels above one kabupaten/kota."""


def everywhere(form: Reading, facts: Facts) -> list[Hit]:
    """Return a hit when the activity covers all of Indonesia: only BPS Pusat may recommend it. Else []."""
    if form.code("cakupan_wilayah") != EVERYWHERE:
        return []
    return [Hit(competent_office({"cakupan_wilayah": EVERYWHERE}, facts.office_region).words)]


def elsewhere(form: Reading, facts: Facts) -> list[Hit]:
    """Return a hit when another office is competent for the regions; else [].

    Also while the coverage (FS3 R.5.2, FP-KPA R.5.5) is unanswered. All of Indonesia has its own check.
    """
    if form.code("cakupan_wilayah") == EVERYWHERE:
        return []
    answers = {"cakupan_wilayah": SOMEWHERE, "wilayah": form.rows("wilayah")}
    competence = competent_office(answers, facts.office_region)
    return [Hit(competence.words)] if competence.is_ours is False else []


def estimates_too_wide(form: Reading, facts: Facts) -> list[Hit]:
    """Return a hit when the estimates are for a wider area than the regions, which are all in one province; else []."""
    rows = [row for row in form.rows("wilayah") if row["kabkota"]]
    if not rows or form.code("cakupan_wilayah") == EVERYWHERE or len({region_key(row["provinsi"]) for row in rows}) > 1:
        return []
    allowed = 2 if any(WHOLE_PROVINCE.match(row["kabkota"]) for row in rows) else 3
    wide = [LEVELS[code] for code in form.codes("tingkat_estimasi") if code < allowed]
    if not wide:
        return []
    names = list(dict.fromkeys(row["kabkota"] for row in rows))
    return [Hit(f"Tingkat {listed(wide)}, wilayah: {listed(names)}.")]


NATIONWIDE = Rule(
    id="R-WIL-01",
    level=ERROR,
    item="cakupan_wilayah",
    message="Cakupan nasional bukan kewenangan kantor ini.",
    source="buklet BPS 2021 hlm. 9",
    check=everywhere,
)
ELSEWHERE = Rule(
    id="R-WIL-02",
    level=ERROR,
    item="wilayah",
    message="Wilayah ini bukan kewenangan kantor ini.",
    source="buklet BPS 2021 hlm. 9",
    check=elsewhere,
)
