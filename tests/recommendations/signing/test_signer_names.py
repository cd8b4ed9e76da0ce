"""A certificate has a person's name without titles, and often in capitals."""

import pytest

from recommendations.signing.signer_names import is_name_of

HEAD = "Siti Contoh, S.ST., M.Si."


@pytest.mark.parametrize(
    ("signer", "person"),
    [
        ("SITI CONTOH", HEAD),
        ("Contoh Siti", HEAD),
        ("Síti Contoh", HEAD),
        ("S. Contoh", HEAD),
        ("Hj. Siti Contoh", HEAD),
        ("SITI CONTOH", "Prof. Dr. Ir. Hj. Siti Nur Contoh, S.ST."),
        ("Dr.Siti Contoh", HEAD),
        ("M CONTOH", "H. Muhammad Contoh, S.E."),
        ("Muh. Contoh", "Muhammad Contoh"),
        ("SUHARTO", "Suharto, S.E."),
        ("NUR'AINI CONTOH", "Nur’aini Contoh"),
        ("NURAINI CONTOH", "Nur'aini Contoh"),
        ("SITI CONTOH PUTRI", "Siti Contoh-Putri"),
        ("MUH CONTOH", "Mohammad Contoh"),
        ("Abd. Contoh", "Abdul Contoh"),
    ],
)
def test_the_same_person_in_other_letters(signer, person):
    assert is_name_of(signer, person)
    assert is_name_of(person, signer)


@pytest.mark.parametrize(
    "signer", ["", "Budi Contoh", "Contoh", "S", "S. C.", "Siti Siti", "BPS KOTA BANJARMASIN", ". ."]
)
def test_another_person_or_nobody(signer):
    assert [is_name_of(signer, HEAD), is_name_of(HEAD, signer)] == [False, False]


def test_an_abbreviation_of_one_name_is_not_that_of_a_longer_other_one():
    assert is_name_of("Muh. Ali", "Muhammad Ali")
    assert not is_name_of("Muh. Ali", "Muhajir Ali")
