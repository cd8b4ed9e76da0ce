"""The admin's forms for the service standard: its texts, and the questions that visitors often ask."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms

from office.fields import LineField, ParagraphsField, TypedDateField, tidy_formfield
from office.models import ServiceStandard, StandardComponent
from office.paper_fonts import unprintable_characters
from recommendations.instruments.texts import character_name, listed

BLANK_QUESTIONS, MOST_QUESTIONS = 2, 30
LAST = 1000
"""The place of a question without a number: after those that have one."""
TALL = {1: 6, 2: 11, 7: 4}
"""The rows of a component's field that has more than usual."""
TOO_LONG = "Paling panjang %(limit_value)s huruf; sekarang %(show_value)s huruf."


def refuse_unprintable(form: forms.BaseForm) -> None:
    """Add an error to each field whose text has characters that no font of paper has."""
    for name, value in list(form.cleaned_data.items()):
        if isinstance(value, str) and (characters := unprintable_characters(value)):
            told = listed([character_name(character) for character in characters])
            form.add_error(name, f"Kertas tidak dapat mencetak tanda ini: {told}.")


class StandardForm(forms.ModelForm):
    """The service's name, the fourteen components and the maklumat. Nothing is saved by the form."""

    use_required_attribute = False

    maklumat_since = TypedDateField(
        label="Berlaku sejak", required=False, looks_ahead=True, help_text="Tulis seperti 28/02/2027."
    )

    class Meta:
        model = ServiceStandard
        fields = ["title", "maklumat", "maklumat_by", "maklumat_since"]
        formfield_callback = tidy_formfield
        widgets = {"maklumat": forms.Textarea(attrs={"rows": 5})}
        help_texts = {
            "maklumat": "Pernyataan sanggup melayani menurut standar ini, seperti yang ditandatangani. "
            "Kosong: tidak ditampilkan.",
            "maklumat_by": "Jabatan dan nama, misalnya Kepala BPS Kota Contoh, Budi Contoh.",
        }
        error_messages = {"title": {"required": "Tulis nama layanan.", "max_length": TOO_LONG}}

    def __init__(self, *args: Any, texts: Mapping[int, str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        for number in StandardComponent.Number:
            self.fields[_name(number)] = _component_field(number)
            self.initial[_name(number)] = texts.get(number, "")
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            Fieldset("Layanan", "title"),
            Fieldset("Penyampaian layanan", *map(_name, range(1, 7))),
            Fieldset("Pengelolaan layanan", *map(_name, range(7, 15))),
            Fieldset(
                "Maklumat pelayanan",
                "maklumat",
                Row(Column("maklumat_by", css_class="col-md-8"), Column("maklumat_since", css_class="col-md-4")),
            ),
        )

    def clean(self) -> dict[str, Any]:
        """Require who made the maklumat, and characters that paper can print."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("maklumat") and not cleaned.get("maklumat_by") and "maklumat_by" not in self.errors:
            self.add_error("maklumat_by", "Tulis siapa yang menyatakannya.")
        refuse_unprintable(self)
        return cleaned

    @property
    def texts(self) -> dict[int, str]:
        """The components of a valid form by number, also the empty ones."""
        return {number: self.cleaned_data[_name(number)] for number in StandardComponent.Number.values}

    @property
    def changed_labels(self) -> list[str]:
        """The labels of the fields of a valid form that differ from what is stored."""
        stored = {name: self.initial.get(name) or "" for name in self.fields}
        changed = [name for name in self.fields if (self.cleaned_data[name] or "") != stored[name]]
        return [str(self.fields[name].label) for name in changed]


def _name(number: int) -> str:
    return f"component_{int(number)}"


def _component_field(number: StandardComponent.Number) -> ParagraphsField:
    return ParagraphsField(
        label=f"{number.value}. {number.label}",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": TALL.get(number.value, 2)}),
        error_messages={"max_length": TOO_LONG},
    )


class StandardQuestionForm(forms.Form):
    """A question with its answer, and its place. An empty one is left out."""

    use_required_attribute = False

    position = forms.IntegerField(label="Urutan", required=False, min_value=1, max_value=LAST - 1)
    question = LineField(label="Pertanyaan", required=False, max_length=200, error_messages={"max_length": TOO_LONG})
    answer = ParagraphsField(
        label="Jawaban",
        required=False,
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": TOO_LONG},
    )

    def clean(self) -> dict[str, Any]:
        """Require the answer with a question and the question with an answer, in characters that paper can print."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("question") and not cleaned.get("answer") and "answer" not in self.errors:
            self.add_error("answer", "Tulis jawabannya.")
        if cleaned.get("answer") and not cleaned.get("question") and "question" not in self.errors:
            self.add_error("question", "Tulis pertanyaannya.")
        refuse_unprintable(self)
        return cleaned


StandardQuestions = forms.formset_factory(
    StandardQuestionForm, extra=BLANK_QUESTIONS, max_num=MOST_QUESTIONS, absolute_max=MOST_QUESTIONS, validate_max=True
)


@dataclass(frozen=True)
class WrongField:
    """What is wrong with one field, for the summary at the top of the page. `anchor` is the id of the field."""

    anchor: str
    label: str
    words: str


def wrong_fields(form: StandardForm, rows: Iterable[StandardQuestionForm]) -> list[WrongField]:
    """Return what is wrong with the form and its questions, in the order of the page. Nothing before it was sent."""
    found = _problems(form, "")
    for place, row in enumerate(rows, start=1):
        found += _problems(row, f"Pertanyaan ke-{place}, ")
    return found


def _problems(form: forms.BaseForm, before: str) -> list[WrongField]:
    return [
        WrongField(form[name].id_for_label, f"{before}{form[name].label}", str(form.errors[name][0]))
        for name in form.fields
        if name in form.errors
    ]


def typed_questions(rows: Iterable[StandardQuestionForm]) -> list[tuple[str, str]]:
    """Return the questions of valid rows with their answers, ordered by their places. Empty rows are left out."""
    filled = [row.cleaned_data for row in rows if row.cleaned_data.get("question")]
    ordered = sorted(filled, key=lambda row: row["position"] or LAST)
    return [(row["question"], row["answer"]) for row in ordered]
