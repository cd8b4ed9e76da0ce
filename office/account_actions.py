"""What is done to accounts and rights. Each act is an event, mailed to the person concerned and today's heads."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from office.data_keys import keyed_digest
from office.formats import short_date
from office.heads import heads_today
from office.models import AccountEvent, Device, Head, KnownBrowser, Office, User
from office.outbox import put_mail

_Kind = AccountEvent.Kind
OWNER_ONLY = {_Kind.PASSWORD_CHANGED, _Kind.BROWSER_NEW, _Kind.FACTOR_ON}
"""What a person does with the own account is mailed to that person and not to the heads."""
NOT_MAILED = {_Kind.DEVICE_CODE}
"""A code alone opens nothing; its use is mailed."""
ACCOUNT_FACTS = {
    "username": "nama pengguna",
    "name": "nama",
    "nip": "NIP",
    "nik": "NIK",
    "is_active": "aktif",
    "is_staff": "boleh membuka halaman Kantor",
    "must_change_password": "harus mengganti kata sandi",
}
"""The facts of an account whose change is an event, with their words in it."""


@transaction.atomic
def note_account(
    kind: AccountEvent.Kind,
    *,
    about: User | None = None,
    device: Device | None = None,
    note: str = "",
    also: Sequence[str] = (),
    by: User | None,
) -> AccountEvent:
    """Write one event, and mail it to `about`, to the heads of today and to the addresses in `also`. Return the event.

    Each address gets one mail. The mail names who, what and when; it has no code and no link that opens anything.
    """
    event = AccountEvent.objects.create(kind=kind, about=about, device=device, note=note[:300], by=by)
    for address in _receivers(event, also):
        _mail(event, address)
    return event


def _receivers(event: AccountEvent, also: Sequence[str]) -> Iterable[str]:
    """Return the addresses that the event is mailed to, each once."""
    if event.kind in NOT_MAILED:
        return []
    heads = [] if event.kind in OWNER_ONLY else heads_today()
    people = [*filter(None, [event.about]), *heads]
    addresses = [*(person.email for person in people), *also]
    return {address.lower(): address for address in addresses if address}.values()


def _mail(event: AccountEvent, address: str) -> None:
    office = Office.objects.current()
    facts = {"event": event, "office": office, "address": office.full_address(reverse("office:account_events"))}
    put_mail(
        key=f"account:{event.pk}:{keyed_digest('mail address', address.lower())}",
        to=address,
        subject=f"{office.name}: {event.get_kind_display()}",
        body=render_to_string("office/mail_account.txt", facts),
    )


@transaction.atomic
def save_account(user: User, *, by: User) -> None:
    """Save a new or changed account. A new user must change the password at the first sign-in.

    The hours of a password that must be changed begin when it is set, or when the change is demanded.
    """
    before = User.objects.select_for_update(of=("self",)).filter(pk=user.pk).first()
    user.must_change_password = user.must_change_password or before is None
    if before is None or (user.must_change_password and not before.must_change_password):
        user.password_set_at, user.password_set_by = timezone.now(), by
    user.save()
    if before is None:
        note_account(_Kind.ACCOUNT_ADDED, about=user, by=by)
        return
    if changes := _changes(before, user):
        note_account(_Kind.ACCOUNT_CHANGED, about=user, note=", ".join(changes), by=by)
    if before.email != user.email:  # the owner reads it at the old address also when the new one is another's
        note_account(_Kind.EMAIL_CHANGED, about=user, also=[before.email], by=by)


def _changes(before: User, after: User) -> list[str]:
    """Return the names of the changed facts. Only of yes and no the value is named: the others are personal data."""
    changed = [name for name in ACCOUNT_FACTS if getattr(before, name) != getattr(after, name)]
    return [f"{ACCOUNT_FACTS[name]}{_yes_or_no(getattr(after, name))}" for name in changed]


def _yes_or_no(value: str | bool) -> str:
    if isinstance(value, str):
        return ""
    return ": ya" if value else ": tidak"


def note_roles(user: User, *, before: set[str], by: User) -> None:
    """Write which roles the user has got, and which lost, since `before`."""
    after = set(user.role_names)
    for kind, roles in ((_Kind.ROLE_GIVEN, after - before), (_Kind.ROLE_TAKEN, before - after)):
        if roles:
            note_account(kind, about=user, note=", ".join(sorted(roles)), by=by)


def note_password(user: User, *, by: User) -> None:
    """Write that the password was changed: by its owner, or by somebody else.

    After somebody else set it, each browser is a new one again: who signs in next is mailed to the owner.
    """
    is_owner = user.pk == by.pk
    if not is_owner:
        KnownBrowser.objects.filter(user=user).delete()
    User.objects.filter(pk=user.pk).update(password_set_by=by)
    note_account(_Kind.PASSWORD_CHANGED if is_owner else _Kind.PASSWORD_SET, about=user, by=by)


@transaction.atomic
def save_head(head: Head, *, by: User) -> None:
    """Save a new or changed row of a head of the office.

    Who headed the office before the change gets the mail too, so that no head is put out of office unseen. Raise
    ValidationError when another Kepala or Plt. heads the office on one of these days.
    """
    Office.objects.locked()  # two admins could enter two heads at once, and neither would see the other's
    head.clean()
    before = Head.objects.select_for_update(of=("self",)).select_related("user").filter(pk=head.pk).first()
    heads = [person.email for person in heads_today()]
    head.save()
    if before is None:
        note_account(_Kind.HEAD_ENTERED, about=head.user, note=_term(head), also=heads, by=by)
    elif _term(before) != _term(head) or before.user_id != head.user_id:
        note = f"{_term(before)}, menjadi {_term(head)}"
        note_account(_Kind.HEAD_CHANGED, about=head.user, note=note, also=[before.user.email, *heads], by=by)


@transaction.atomic
def remove_head(head: Head, *, by: User) -> None:
    """Delete a row of a head of the office. Who headed the office until now gets the mail too."""
    note_account(
        _Kind.HEAD_REMOVED,
        about=head.user,
        note=_term(head),
        also=[person.email for person in heads_today()],
        by=by,
    )
    head.delete()


def _term(head: Head) -> str:
    """Return the capacity, the name and the days of the row in words."""
    end = f"sampai {short_date(head.until_on)}" if head.until_on else "tanpa tanggal akhir"
    return f"{head} sejak {short_date(head.since_on)} {end}"
