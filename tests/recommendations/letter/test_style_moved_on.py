"""Two admins change the style of the letter at the same time, each with an older page."""

import re

import pytest
from django.contrib.admin.models import LogEntry

from office.models import LetterStyle
from recommendations.letter import example
from tests.recommendations.letter.test_style_page import PAGE, PREVIEW, sent, words_of


@pytest.fixture
def desk(client_of, admin_user, monkeypatch):
    """Return the admin's browser; no example is drawn."""
    monkeypatch.setattr(example, "_drawn", lambda content: [b"contoh"])
    return client_of(admin_user)


def test_the_second_of_two_admins_sees_what_the_first_one_changed_and_puts_nothing_back(desk):
    first, second = sent(closing="Terima kasih."), sent(nature="Segera")
    desk.post(PAGE, first)

    refused = words_of(desk.post(PAGE, second))
    kept = LetterStyle.objects.get()
    seal = re.search(r'name="shown" value="([^"]+)"', refused)[1]
    again = second | {"closing": re.search(r'name="closing"[^>]*>\s*([^<]*)</textarea>', refused)[1], "shown": seal}
    desk.post(PAGE, again)

    saved = LetterStyle.objects.get()
    assert "Penutup kini “Terima kasih.”." in refused
    assert "isian di bawah berbeda dari yang tersimpan pada: Sifat." in refused
    assert (kept.closing, kept.nature) == ("Terima kasih.", "Biasa")
    assert (saved.closing, saved.nature) == ("Terima kasih.", "Segera")
    assert LogEntry.objects.count() == 2


def test_a_word_that_both_admins_changed_stays_as_typed_until_it_is_saved_again(desk):
    first, second = sent(closing="Terima kasih."), sent(closing="Salam.")
    desk.post(PAGE, first)

    refused = words_of(desk.post(PAGE, second))

    assert "Penutup kini “Terima kasih.”." in refused
    assert "berbeda dari yang tersimpan pada: Penutup." in refused
    assert ">Salam.</textarea>" in refused.replace("> ", ">")
    assert LetterStyle.objects.get().closing == "Terima kasih."


@pytest.mark.parametrize("shown", ["", "x" * 5000, "\0"])
def test_a_page_that_does_not_say_what_it_showed_saves_no_style(desk, shown):
    answer = desk.post(PAGE, sent(closing="Lain.", shown=shown))

    assert "terlalu lama terbuka. Belum ada yang disimpan" in words_of(answer)
    assert not LetterStyle.objects.exists()


def test_another_logo_of_a_colleague_is_told_and_stays(desk):
    old = sent(closing="Lain.")
    LetterStyle(pk=1, logo=b"new").save()

    answer = desk.post(PAGE, old)

    assert "Logo berubah." in words_of(answer)
    assert bytes(LetterStyle.objects.get().logo) == b"new"


def test_the_page_that_shows_the_example_keeps_what_it_showed_first(desk):
    old = sent(closing="Lain.")
    LetterStyle(pk=1, nature="Segera").save()

    whole = words_of(desk.post(PREVIEW, old))

    assert f'name="shown" value="{old["shown"]}"' in whole
