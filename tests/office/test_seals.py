"""What a page showed comes back sealed, and only as the kind of page that sealed it."""

from dataclasses import dataclass

import pytest
from django.core import signing

from guestbook.corrections import ShownVisit
from office.seals import Shown, fingerprint_of
from recommendations.letter.panel_seal import ShownPanel


@dataclass(frozen=True)
class ShownExample(Shown):
    name: str = ""


@dataclass(frozen=True)
class OtherExample(Shown):
    name: str = ""


def test_what_was_shown_comes_back_as_it_was():
    shown = ShownExample("Budi Contoh")

    assert ShownExample.unsealed(shown.sealed()) == shown


SEALS = [ShownVisit({"name": "Budi Contoh"}).sealed(), OtherExample("Budi Contoh").sealed()]


@pytest.mark.parametrize("text", ["", "Budi Contoh", "a:b:c", "\0", *SEALS])
def test_a_text_that_this_kind_of_page_did_not_seal_shows_nothing(text):
    assert ShownExample.unsealed(text) == ShownExample()


def test_a_seal_with_a_field_that_the_kind_no_longer_has_shows_nothing():
    older = signing.dumps({"name": "Budi Contoh", "age": 30}, salt="tests.ShownExample")

    assert ShownExample.unsealed(older) == ShownExample()


def test_a_page_that_was_open_before_the_seals_moved_to_office_is_still_read():
    shown = {"letter": 7, "state": "Berlaku", "email": "budi@contoh.example", "deliveries": [1]}

    assert ShownPanel.unsealed(signing.dumps(shown, salt="recommendations.ShownPanel")) == ShownPanel(**shown)


def test_other_words_have_another_fingerprint():
    assert fingerprint_of(["a", "b"]) == fingerprint_of(["a", "b"])
    assert len({fingerprint_of(words) for words in (["a", "b"], ["b", "a"], "ab", {"a": "b"}, None)}) == 5
