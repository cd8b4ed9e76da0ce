"""The Kepala signs on the desk's own page: through the signing service (a stand-in), or with a certificate file."""

import base64
import html
import json
import logging
import sys
import traceback
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.signals import got_request_exception
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.views.debug import ExceptionReporter

from office.heads import NotTheHead
from office.models import Office, SigningRoute, User
from pst_desk import celery_app
from recommendations.attachments.actions.storing import NotStored
from recommendations.letter.pdf import draw, given_bytes
from recommendations.models import Dispatch, Letter, SignedCopy
from recommendations.models.drawing_tries import STUCK_RESTS
from recommendations.signing import signed_file_checks
from recommendations.signing.actions import direct
from recommendations.signing.actions.direct import (
    LONGEST_REQUEST,
    AskedJustNow,
    MaybeSigned,
    NotOneWay,
    NotYourLetter,
    allow_again,
    sign_directly,
)
from recommendations.signing.esign import Passphrase
from recommendations.signing.programs import NoProgram
from recommendations.signing.refusals import NotTried, OutcomeUnknown, WrongPassphrase
from recommendations.uploads import signatures
from recommendations.uploads.apart import READ_SIGNED
from recommendations.uploads.refusal import NotCheckedNow
from recommendations.workflow import LetterStatus, Move
from tests.esign_service import NIK, PASSPHRASE, PASSWORD, USER, esign_service
from tests.factories import issue, verified_submission
from tests.pages import unwrapped
from tests.signed_files import CERTIFICATE_PASSPHRASE, certificate_file

PLACE = "recommendations:sign_letters"


@pytest.fixture
def head(kepala: User) -> User:
    User.objects.filter(pk=kepala.pk).update(nik=NIK)
    kepala.refresh_from_db()
    return kepala


@pytest.fixture
def letters(petugas: User, head: User) -> list[Letter]:
    """Return two drawn letters that are to be signed through the service."""
    Office.objects.update(signing_route=SigningRoute.ESIGN)
    made = [issue(verified_submission(petugas), by=head) for _ in range(2)]
    for letter in made:
        draw(letter.pk)
    return list(Letter.objects.select_related("submission").order_by("pk"))


@pytest.fixture(params=["v1", "v2"])
def version(request) -> str:
    return request.param


@pytest.fixture
def service(settings):
    """Return a function that lets the office use this stand-in."""

    def use(standin) -> None:
        settings.ESIGN_URL, settings.ESIGN_USER, settings.ESIGN_PASSWORD = standin.url, USER, PASSWORD
        settings.ESIGN_VERSION = standin.version

    return use


def statuses() -> list[str]:
    return list(Letter.objects.order_by("pk").values_list("status", flat=True))


def sign(letters: list[Letter], head: User, passphrase: str = PASSPHRASE) -> list:
    """Sign the letters, and return the refusal of each, or None."""
    return [one.refusal for one in sign_directly(letters, passphrase=Passphrase(passphrase), by=head)]


def test_two_letters_are_signed_with_one_passphrase_and_their_mails_are_owed(letters, head, service, version):
    with esign_service(version) as standin:
        service(standin)
        refusals = sign(letters, head)

    assert refusals == [None, None]
    assert statuses() == [LetterStatus.VALID] * 2
    assert Dispatch.objects.count() == 2
    assert standin.calls["sign"] == (2 if version == "v1" else 1)
    assert given_bytes(Letter.objects.first()).startswith(Path(Letter.objects.first().pdf.path).read_bytes())


def test_a_wrong_passphrase_signs_nothing_and_is_tried_once(letters, head, service, version):
    with esign_service(version) as standin:
        service(standin)
        refusals = sign(letters, head, "salah")

    assert isinstance(refusals[0], WrongPassphrase)
    assert isinstance(refusals[1], NotTried if version == "v1" else WrongPassphrase)
    assert statuses() == [LetterStatus.ISSUED] * 2
    assert standin.calls["sign"] == 1
    assert not Letter.objects.exclude(maybe_signed_at=None).exists()


def test_a_lost_answer_leaves_the_letter_as_maybe_signed_until_somebody_has_asked(letters, head, service):
    with esign_service("v1", "hangs up at once") as standin:
        service(standin)
        lost, not_tried = sign(letters, head)
        with pytest.raises(MaybeSigned):
            sign(letters[:1], head)
        allow_again(letters[0], by=head)
        again = sign(letters, head)

    assert isinstance(lost, OutcomeUnknown)
    assert isinstance(not_tried, NotTried)
    assert letters[0].submission.events.filter(move=Move.UNSURE).count() == 1
    assert letters[0].submission.events.get(move=Move.RESUME).by == head
    assert again == [None, None]
    assert standin.calls["sign"] == 3


def test_a_program_killed_while_the_service_signs_leaves_a_letter_maybe_signed(letters, head, service, monkeypatch):
    def killed(*given, **facts):
        raise KeyboardInterrupt

    monkeypatch.setattr(direct, "sign_all", killed)
    with esign_service("v2") as standin:
        service(standin)
        with pytest.raises(KeyboardInterrupt):
            sign(letters, head)

    assert Letter.objects.exclude(maybe_signed_at=None).count() == 2
    with pytest.raises(MaybeSigned):
        sign(letters, head)


def test_a_signed_file_that_a_killed_program_kept_counts_at_the_next_catch_up(letters, head, service, monkeypatch):
    def killed(*given, **facts):
        raise KeyboardInterrupt

    monkeypatch.setattr(direct, "count_kept", killed)
    with esign_service("v2") as standin:
        service(standin)
        with pytest.raises(KeyboardInterrupt):
            sign(letters[:1], head)
    before = statuses()

    call_command("catch_up", verbosity=0)

    assert before == [LetterStatus.ISSUED] * 2
    assert statuses() == [LetterStatus.VALID, LetterStatus.ISSUED]


def test_a_file_that_is_another_letter_never_counts(letters, head, service):
    with esign_service("v1", "other letter") as standin:
        service(standin)
        (refusal,) = sign(letters[:1], head)

    assert "bukan surat ini" in str(refusal) or "tidak dapat diterima" in str(refusal)
    assert statuses() == [LetterStatus.ISSUED] * 2
    assert SignedCopy.objects.get().outcome == SignedCopy.State.REJECTED
    assert Letter.objects.exclude(maybe_signed_at=None).count() == 1


@pytest.mark.parametrize("route", [SigningRoute.ESIGN, SigningRoute.OWN])
def test_a_full_disk_loses_one_letter_and_not_the_others(
    letters, head, service, monkeypatch, settings, tmp_path, route
):
    """A signed file that could not be kept leaves its letter as maybe signed."""
    Letter.objects.update(route=route)
    letters = list(Letter.objects.select_related("submission").order_by("pk"))
    settings.SIGNING_P12 = str(tmp_path / "kantor.p12")
    Path(settings.SIGNING_P12).write_bytes(certificate_file())
    keep = direct._keep

    def full(letter, pdf, by):
        if letter == letters[0]:
            raise NotStored("surat.pdf", OSError(28, "No space left on device"))
        return keep(letter, pdf, by)

    monkeypatch.setattr(direct, "_keep", full)
    with esign_service("v2") as standin:
        service(standin)
        full_disk, signed = sign(letters, head, PASSPHRASE if route == SigningRoute.ESIGN else CERTIFICATE_PASSPHRASE)

    assert isinstance(full_disk, NotStored)
    assert signed is None
    assert statuses() == [LetterStatus.ISSUED, LetterStatus.VALID]
    assert Letter.objects.exclude(maybe_signed_at=None).get() == letters[0]


def test_a_letter_is_not_sent_again_while_the_first_request_may_still_run(letters, head):
    asked_at = timezone.now() - LONGEST_REQUEST + timedelta(minutes=1)
    Letter.objects.filter(pk=letters[0].pk).update(maybe_signed_at=asked_at)

    with pytest.raises(AskedJustNow, match="masih berjalan"):
        allow_again(letters[0], by=head)
    Letter.objects.filter(pk=letters[0].pk).update(maybe_signed_at=asked_at - timedelta(minutes=1))
    allow_again(letters[0], by=head)

    assert not Letter.objects.exclude(maybe_signed_at=None).exists()


def test_letters_of_two_ways_are_not_signed_with_one_passphrase(letters, head):
    Letter.objects.filter(pk=letters[0].pk).update(route=SigningRoute.OWN)

    with pytest.raises(NotOneWay):
        sign(list(Letter.objects.select_related("submission")), head)


def test_a_letter_whose_signed_file_waits_for_its_check_is_not_signed_again(letters, head, service, monkeypatch):
    monkeypatch.setattr(direct, "count_kept", lambda copy, by: NotCheckedNow())
    with esign_service("v2") as standin:
        service(standin)
        sign(letters[:1], head)
        allow_again(letters[0], by=head)
        with pytest.raises(MaybeSigned):
            sign(letters[:1], head)

    assert standin.calls["sign"] == 1


@pytest.mark.parametrize(
    ("limit", "words"),
    [({"seconds": 0.01}, "belum sempat diperiksa"), ({"cpu": 0.05}, "disimpan, tetapi terlalu rumit")],
)
def test_a_signed_file_that_cannot_be_checked_is_not_rejected_and_counts_at_a_later_turn(
    letters, head, service, monkeypatch, limit, words
):
    with monkeypatch.context() as busy, esign_service("v2") as standin:
        busy.setattr(signatures, "READ_SIGNED", replace(READ_SIGNED, **limit))
        service(standin)
        (refusal,) = sign(letters[:1], head)
        with pytest.raises(MaybeSigned):
            sign(letters[:1], head)
    waiting = SignedCopy.objects.get()
    SignedCopy.objects.update(checked_at=timezone.now() - STUCK_RESTS)

    assert words in str(refusal)
    assert waiting.is_waiting
    assert signed_file_checks.settle_kept() == 1
    assert statuses()[0] == LetterStatus.VALID
    assert standin.calls["sign"] == 1


def test_a_press_that_ends_late_leaves_the_mark_of_the_press_after_it(letters, head, service, monkeypatch):
    later = timezone.now() + LONGEST_REQUEST

    def slow(route, pdfs, **how):
        Letter.objects.filter(pk=letters[1].pk).update(maybe_signed_at=later)
        return [NotTried(), NotTried()]

    monkeypatch.setattr(direct, "sign_all", slow)
    with esign_service("v1") as standin:
        service(standin)
        sign(letters, head)

    assert list(Letter.objects.order_by("pk").values_list("maybe_signed_at", flat=True)) == [None, later]


def test_only_the_head_of_that_day_signs(letters, petugas, service):
    with esign_service("v2") as standin:
        service(standin)
        with pytest.raises(NotTheHead):
            sign(letters, petugas)

    assert standin.calls["sign"] == 0


@pytest.mark.parametrize("missing", ["service", "NIK", "certificate"])
def test_what_the_admin_has_not_set_is_said_before_anything_is_sent(letters, head, service, settings, missing):
    route = SigningRoute.OWN if missing == "certificate" else SigningRoute.ESIGN
    Letter.objects.update(route=route)
    with esign_service("v2") as standin:
        service(standin)
        settings.ESIGN_URL = "" if missing == "service" else settings.ESIGN_URL
        head.nik = "" if missing == "NIK" else head.nik
        with pytest.raises(NoProgram, match="admin kantor"):
            sign(list(Letter.objects.select_related("submission")), head)

    assert standin.paths == []


def test_the_office_tries_with_its_own_certificate_file(letters, head, settings, tmp_path):
    Letter.objects.update(route=SigningRoute.OWN)
    settings.SIGNING_P12 = str(tmp_path / "kantor.p12")
    Path(settings.SIGNING_P12).write_bytes(certificate_file())

    refusals = sign(list(Letter.objects.select_related("submission")), head, CERTIFICATE_PASSPHRASE)

    assert refusals == [None, None]
    assert set(SignedCopy.objects.values_list("signer", flat=True)) == {"Siti Contoh"}


def test_a_letter_of_the_head_before_is_not_signed_by_the_present_one(letters, head, petugas, service, client_of):
    Letter.objects.filter(pk=letters[0].pk).update(issued_by=petugas)
    letters = list(Letter.objects.select_related("submission").order_by("pk"))
    with esign_service("v2") as standin:
        service(standin)
        with pytest.raises(NotYourLetter, match="terbit atas nama Siti Contoh"):
            sign(letters, head)
        page = client_of(head).get(reverse(PLACE)).content.decode()

    assert standin.paths == []
    assert "bukan Anda yang menandatanganinya" in page
    assert f'value="{letters[0].pk}"' not in page
    assert f'value="{letters[1].pk}"' in page


def test_a_letter_that_the_service_signed_in_another_name_does_not_count(letters, head, service):
    Letter.objects.update(content=letters[0].content | {"signatory": {"name": "Rina Contoh"}})
    with esign_service("v2") as standin:
        service(standin)
        (refusal,) = sign(list(Letter.objects.select_related("submission")[:1]), head)

    assert "atas nama Siti Contoh, sedangkan surat ini atas nama Rina Contoh. Periksa NIK" in str(refusal)
    copy = SignedCopy.objects.get()
    assert (copy.outcome, copy.reason) == (SignedCopy.State.REJECTED, str(refusal))
    assert statuses() == ["issued", "issued"]


def test_a_file_that_fails_as_nobody_foresaw_holds_up_no_other(letters, head, service, monkeypatch):
    monkeypatch.setattr(direct, "count_kept", lambda copy, **facts: None)
    with esign_service("v2") as standin:
        service(standin)
        sign(letters, head)
    first = SignedCopy.objects.earliest("pk")
    read = signed_file_checks.original
    monkeypatch.setattr(signed_file_checks, "original", lambda copy: read(copy) if copy.pk != first.pk else 1 / 0)

    assert signed_file_checks.settle_kept() == 1
    assert sorted(SignedCopy.objects.values_list("outcome", flat=True)) == ["accepted", "waiting"]


def test_the_kepala_signs_all_letters_on_the_page_with_one_press(letters, head, service, client_of):
    phone: Client = client_of(head)
    page = phone.get(reverse(PLACE)).content.decode()
    typed = {"letters": [letter.pk for letter in letters], "passphrase": PASSPHRASE}

    with esign_service("v2") as standin:
        service(standin)
        done = phone.post(reverse(PLACE), typed, follow=True).content.decode()

    assert "2 surat menunggu tanda tangan Anda" in page
    assert page.count("checked") == 2
    assert f"2 surat ({', '.join(letter.number for letter in letters)}) ditandatangani dan berlaku." in unwrapped(done)
    assert "Tidak ada surat yang menunggu tanda tangan" in done


def test_a_wrong_passphrase_is_reported_on_the_page_and_never_comes_back(letters, head, service, client_of):
    typed = {"letters": [letters[0].pk], "passphrase": "salah sekali"}

    with esign_service("v2") as standin:
        service(standin)
        page = client_of(head).post(reverse(PLACE), typed, follow=True).content.decode()

    assert "Passphrase salah" in page
    assert "salah sekali" not in page


@pytest.mark.parametrize("kind", ["v1", "v2"])
def test_a_wrong_passphrase_for_several_letters_is_said_once_with_their_numbers(
    letters, head, service, client_of, kind
):
    typed = {"letters": [letter.pk for letter in letters], "passphrase": "salah sekali"}

    with esign_service(kind) as standin:
        service(standin)
        page = unwrapped(client_of(head).post(reverse(PLACE), typed, follow=True).content.decode())

    assert f"2 surat ({letters[0].number}, {letters[1].number}): Passphrase salah" in page
    assert page.count("Passphrase salah") == 1
    assert "Surat ini belum dikirim" not in page


def test_without_letter_or_passphrase_nothing_is_sent(letters, head, client_of):
    page = client_of(head).post(reverse(PLACE), {"passphrase": ""}).content.decode()

    assert "Pilih surat yang ditandatangani." in page
    assert "Ketik passphrase Anda." in page


@pytest.fixture(params=[SigningRoute.ESIGN, SigningRoute.OWN])
def secret(request, letters, service, settings, tmp_path) -> Iterator[str]:
    """Let the letters be signed through the service, or with the office's certificate. Return the passphrase."""
    Letter.objects.update(route=request.param)
    settings.SIGNING_P12 = str(tmp_path / "kantor.p12")
    Path(settings.SIGNING_P12).write_bytes(certificate_file())
    with esign_service("v1") as standin:
        service(standin)
        yield PASSPHRASE if request.param == SigningRoute.ESIGN else CERTIFICATE_PASSPHRASE


def test_the_passphrase_is_nowhere_afterwards(
    letters, head, secret, client_of, caplog, settings, django_capture_on_commit_callbacks
):
    caplog.set_level(logging.DEBUG)
    _queued()
    typed = {"letters": [letters[0].pk], "passphrase": secret}

    with django_capture_on_commit_callbacks(execute=True):
        client_of(head).post(reverse(PLACE), typed)

    queued = _queued()
    assert statuses()[0] == LetterStatus.VALID
    assert "send_dispatch" in queued
    assert [text for text in (caplog.text, queued) if _is_in(text, secret)] == []
    assert _rows_with(secret) == []
    folders = (settings.MEDIA_ROOT, settings.VAR_DIR)
    kept = [file for folder in folders for file in Path(folder).rglob("*") if file.is_file()]
    assert kept
    assert [file for file in kept if secret.encode() in file.read_bytes()] == []


def test_a_report_of_a_mistake_in_the_middle_of_the_act_does_not_have_the_passphrase(
    letters, head, secret, client_of, monkeypatch
):
    """The report is Django's page with all locals and all that was typed, as it is logged or mailed."""
    reports = []

    def broken(copy, by):
        raise RuntimeError("A mistake while the file is checked.")

    def note(sender, request, **facts) -> None:
        reporter = ExceptionReporter(request, *sys.exc_info())
        reports.append(reporter.get_traceback_html() + reporter.get_traceback_text() + traceback.format_exc())

    monkeypatch.setattr(direct, "count_kept", broken)
    got_request_exception.connect(note)
    try:
        with pytest.raises(RuntimeError, match="A mistake"):
            client_of(head).post(reverse(PLACE), {"letters": [letters[0].pk], "passphrase": secret})
    finally:
        got_request_exception.disconnect(note)

    (report,) = reports
    assert "sign_directly" in report
    assert "passphrase" in report
    assert not _is_in(report, secret)


def _is_in(text: str, secret: str) -> bool:
    """Return whether the text has the secret, also as HTML, JSON, Python or base64 write it."""
    written = [secret, json.dumps(secret)[1:-1], repr(secret)[1:-1], base64.b64encode(secret.encode()).decode()]
    return any(one in text or html.escape(one) in text for one in written)


def _queued() -> str:
    """Take all messages from the broker, in files or in Redis, and return all that is in them."""
    with celery_app.connection_for_read() as connection:
        queues = [queue(connection.default_channel) for queue in settings.CELERY_TASK_QUEUES]
        messages = [message for queue in queues for message in iter(partial(queue.get, no_ack=True), None)]
        return "\n".join(f"{one.headers} {one.properties} {one.body}" for one in messages)


def _rows_with(secret: str) -> list[str]:
    """Return the tables that have the secret in some column."""
    from django.apps import apps

    return [
        model.__name__
        for model in apps.get_models()
        if any(secret in str(value) for row in model.objects.values_list() for value in row)
    ]
