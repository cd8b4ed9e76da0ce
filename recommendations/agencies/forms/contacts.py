"""Forms for a contact of an agency, and the initial values of these forms."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Column, Fieldset, Layout, Row
from django import forms

from guestbook.models import Visitor
from office.fields import EmailLineField, LineField, PhoneField, TypedDateField
from office.phones import shown_phone
from recommendations.models import Applicant

ASSISTED_HINT = "Isi bila Anda membantu membuatkan akun di romantik.bps.go.id, tulis seperti 28/02/2027."


class ContactForm(forms.Form):
    """A contact person and their Romantik account, without its password."""

    use_required_attribute = False

    name = LineField(
        label="Nama lengkap kontak", max_length=200, error_messages={"required": "Tulis nama yang dapat dihubungi."}
    )
    position = LineField(label="Jabatan", max_length=200, required=False)
    phone = PhoneField(
        label="Nomor HP", max_length=40, error_messages={"required": "Tulis nomor HP, contoh: 0812-3456-7890."}
    )
    email = EmailLineField(
        label="E-mail yang aktif",
        max_length=254,
        help_text="Surat rekomendasi dikirim ke sini. E-mail lain berarti akun pemohon lain.",
        widget=forms.TextInput(attrs={"inputmode": "email", "autocomplete": "off"}),
        error_messages={
            "required": "Tulis e-mail yang aktif, contoh: nama@instansi.go.id",
            "invalid": "Belum lengkap, contoh: nama@instansi.go.id",
        },
    )
    romantik_username = LineField(
        label="Nama pengguna Romantik",
        max_length=100,
        required=False,
        help_text="Hanya nama pengguna. Kata sandi tidak ditanya dan tidak disimpan.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    romantik_assisted_on = TypedDateField(label="Atau dibantu dibuatkan pada", required=False, help_text=ASSISTED_HINT)

    def clean(self) -> dict[str, Any]:
        """Require the Romantik user name, or the day on which the office helped to make the account."""
        super().clean()
        cleaned = self.cleaned_data
        has_problem = {"romantik_username", "romantik_assisted_on"} & set(self.errors)
        if not has_problem and not (cleaned.get("romantik_username") or cleaned.get("romantik_assisted_on")):
            self.add_error("romantik_username", "Isi nama pengguna Romantik, atau tanggal akun dibantu dibuatkan.")
        return cleaned


class KnownContactForm(ContactForm):
    """A contact, on the pages of its agency."""

    is_active = forms.BooleanField(label="Masih bertugas sebagai kontak", required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = "Alamat yang diganti dipastikan lagi dengan kode."
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            _pair("name", "position"),
            _pair("phone", "email"),
            Fieldset("Akun Romantik", HTML(_ROMANTIK_RULE), _pair("romantik_username", "romantik_assisted_on")),
            "is_active",
        )


_ROMANTIK_RULE = '<p class="small soft mb-3">Isi salah satu. Belum punya akun? Bantu pemohon membuatnya dahulu.</p>'


def _pair(*names: str) -> Row:
    return Row(*(Column(name, css_class="col-md-6") for name in names))


def told_by_visitor(visitor: Visitor) -> dict[str, str]:
    """Return what the visitor typed at the kiosk, as initial values for a new account."""
    return {
        "agency_name": visitor.agency,
        "name": visitor.name,
        "position": visitor.position,
        "phone": shown_phone(visitor.phone),
        "email": visitor.email,
    }


def known_account(applicant: Applicant) -> dict[str, Any]:
    """Return what is known of an account, as initial values for a form."""
    return {
        "agency_name": applicant.agency.name,
        "name": applicant.name,
        "position": applicant.position,
        "phone": shown_phone(applicant.phone),
        "email": applicant.email,
        "romantik_username": applicant.romantik_username,
        "romantik_assisted_on": applicant.romantik_assisted_on,
        "is_active": applicant.is_active,
    }
