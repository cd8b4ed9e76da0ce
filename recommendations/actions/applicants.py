"""Noting who applies: the agency and the account of the person who acts for it."""

from datetime import date

from django.db import transaction

from recommendations.models import Agency, Applicant


@transaction.atomic
def register_applicant(
    *,
    agency_name: str,
    name: str,
    position: str,
    phone: str,
    email: str,
    romantik_username: str,
    romantik_assisted_on: date | None,
) -> Applicant:
    """The account of this agency and e-mail, made when there is none, with the contact facts as told today.

    What was known of the Romantik account stays known when nothing is told of it today.
    """
    agency = _agency(agency_name)
    facts = {"name": name, "position": position, "phone": phone}
    romantik = {"romantik_username": romantik_username, "romantik_assisted_on": romantik_assisted_on}
    facts |= {field: value for field, value in romantik.items() if value}
    known = Applicant.objects.select_for_update().filter(agency=agency, email__iexact=email).first()
    if known is None:
        return Applicant.objects.create(agency=agency, email=email, **facts)
    for field, value in facts.items():
        setattr(known, field, value)
    known.save()
    return known


def _agency(name: str) -> Agency:
    """One body, one row: "DINAS SOSIAL" is "Dinas Sosial"."""
    words = " ".join(name.split())
    return Agency.objects.filter(name__iexact=words).first() or Agency.objects.create(name=words)
