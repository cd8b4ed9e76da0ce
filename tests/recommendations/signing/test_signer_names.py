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
