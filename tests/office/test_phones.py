"""Telephone numbers as people type and paste them."""

import pytest
from django.forms import model_to_dict

from office.forms import OfficeForm
from office.phones import NotAPhone, check_phones, shown_phone, stored_phone, whatsapp_number


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("\u202a+62 812-3456-7890\u202c", "+6281234567890"),  # as a telephone's own list of contacts copies it
        ("0812\u200b3456\ufeff7890", "+6281234567890"),
        ("81234567890.0", "+6281234567890"),
        ("6281234567890.0", "+6281234567890"),
        ("081234567890,00", "+6281234567890"),
        ("+62 (0)812 3456 7890", "+6281234567890"),
        ("(+62) 0812-3456-7890", "+6281234567890"),
        ("0062 812 3456 7890", "+6281234567890"),
        ("WA: 0812.3456.7890", "+6281234567890"),
        ("HP 0812 3456 7890", "+6281234567890"),
        ("\u0660\u0668\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668\u0669\u0660", "+6281234567890"),
        ("+60 12-345 6789", "+60123456789"),
        ("0060 12-345 6789", "+60123456789"),
        ("+65 6123 4567", "+6561234567"),
        ("+1 202 555 0100", "+12025550100"),
        ("0511 6773031", "+625116773031"),
        ("(0511) 3354221", "+625113354221"),
        ("Telp. (0511) 3354221 ext. 12", "+625113354221;ext=12"),
        ("0511-3354221 pesawat 12", "+625113354221;ext=12"),
        ("0511-3354221 (psw. 1204)", "+625113354221;ext=1204"),
    ],
)
def test_a_pasted_number_is_stored_in_one_form(typed, stored):
    assert stored_phone(typed) == stored


@pytest.mark.parametrize(
    "typed", ["0812-3456-7890 / 0813-1111-2222", "081234567890, 081311112222", "0812 3456 7890 atau 0511 3354221"]
)
def test_two_numbers_are_refused_with_the_words_to_type_one(typed):
    with pytest.raises(NotAPhone, match="satu nomor telepon saja"):
        stored_phone(typed)


@pytest.mark.parametrize("typed", ["", "0812", "3354", "abc", "HP", "\u200b"])
def test_a_number_that_is_too_short_is_refused(typed):
    with pytest.raises(NotAPhone, match="belum lengkap, contoh: 0812-3456-7890"):
        stored_phone(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "08123456789012345",
        "0812-3456-78x0",
        "8,12346E+10",
        "+999 1234 5678",
        "0511-3354221 ext abc",
        "0511-3354221 ext 1234567",
    ],
)
def test_a_number_that_does_not_exist_is_refused_with_what_to_check(typed):
    with pytest.raises(NotAPhone, match="Periksa nomor telepon ini"):
        stored_phone(typed)


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("+6281234567890", "0812-3456-7890"),
        ("+628120000001", "0812-0000-001"),
        ("+625113354221", "(0511) 3354221"),
        ("+625113354221;ext=12", "(0511) 3354221 psw. 12"),
        ("+60123456789", "+60 12-345 6789"),
        ("+6561234567", "+65 6123 4567"),
        ("", ""),
        ("lama", "lama"),
        ("+628111", "+628111"),
    ],
)
def test_a_number_is_shown_as_people_here_write_it(stored, shown):
    assert shown_phone(stored) == shown


@pytest.mark.parametrize(
    "stored", ["+6281234567890", "+625113354221;ext=12", "+60123456789", "+6561234567", "+12025550100"]
)
def test_a_shown_number_is_stored_as_before(stored):
    assert stored_phone(shown_phone(stored)) == stored


@pytest.mark.parametrize(
    ("stored", "digits"),
    [
        ("+6281234567890", "6281234567890"),
        ("+60123456789", "60123456789"),
        ("+12025550100", "12025550100"),
        ("+625113354221", ""),
        ("+6281234567890;ext=1", ""),
        ("+628", ""),
        ("lama", ""),
        ("", ""),
    ],
)
def test_a_number_that_can_have_whatsapp_is_written_in_digits(stored, digits):
    assert whatsapp_number(stored) == digits


@pytest.mark.parametrize("typed", ["0511 6773031", "(0511) 6773031 / 0511 6773032", "0812-1010-6371, 0812-5050-6371"])
def test_several_numbers_are_taken_where_the_office_prints_them(typed):
    check_phones(typed)

    with pytest.raises(NotAPhone):
        check_phones(f"{typed} / 12")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["phone", "service_whatsapp", "complaint_whatsapp"])
def test_the_profile_takes_only_numbers_that_exist(office, name):
    facts = model_to_dict(office)

    assert OfficeForm(facts, instance=office).is_valid()
    assert list(OfficeForm(facts | {name: "0812"}, instance=office).errors) == [name]
