import uuid
from datetime import date

import pytest
import time_machine

from recommendations.submissions.forms.opening import SubmissionForm

FACTS = {
    "form_token": str(uuid.uuid4()),
    "instrument_code": "FS3",
    "agency_name": "Dinas Contoh",
    "name": "Budi Contoh",
    "position": "",
    "phone": "0812-3456-7890",
    "email": "budi@contoh.example",
    "romantik_username": "budi",
    "romantik_assisted_on": "",
}


def errors(**changes):
    return {name: list(told) for name, told in SubmissionForm(FACTS | changes).errors.items()}


def test_the_phone_is_kept_in_one_shape():
    form = SubmissionForm(FACTS | {"phone": "+62 812 3456 7890"})

    assert form.is_valid()
    assert form.cleaned_data["phone"] == "+6281234567890"


def test_either_the_romantik_user_name_or_the_day_of_help_is_required():
    told = errors(romantik_username="")

    assert told == {"romantik_username": ["Isi nama pengguna Romantik, atau tanggal akun dibantu dibuatkan."]}


@time_machine.travel("2026-11-23 09:00 +0800")
def test_the_day_on_which_the_office_helped_is_enough_for_the_romantik_account():
    form = SubmissionForm(FACTS | {"romantik_username": "", "romantik_assisted_on": "23 November 2026"})

    assert form.is_valid()
    assert form.cleaned_data["romantik_assisted_on"] == date(2026, 11, 23)


@time_machine.travel("2026-11-23 09:00 +0800")
@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("romantik_assisted_on", "31/02/2026", "Tanggal 31/02/2026 tidak ada. Tulis seperti 28/02/2027."),
        (
            "romantik_assisted_on",
            "24/11/2026",
            "Tanggal 24/11/2026 belum tiba. Tulis tanggal hari ini atau sebelumnya.",
        ),
        ("phone", "08", "Nomor telepon belum lengkap, contoh: 0812-3456-7890."),
        ("email", "budi@contoh", "Belum lengkap, contoh: nama@instansi.go.id"),
        ("agency_name", " ", "Tulis nama instansi yang mengajukan."),
        ("instrument_code", "", "Pilih FS3 atau FP-KPA."),
    ],
)
def test_an_error_message_says_what_to_write(field, typed, words):
    assert errors(**{field: typed}) == {field: [words]}


def test_no_password_is_ever_asked():
    asked = set(SubmissionForm().fields)

    assert "romantik_username" in asked
    assert not [name for name in asked if "password" in name or "sandi" in name]
