"""The form for a file that should be the letter."""

from django import forms

from recommendations.uploads import MAX_BYTES, shown_size


class FileToCheckForm(forms.Form):
    """A PDF to compare with the letter. It is not kept."""

    use_required_attribute = False

    file = forms.FileField(
        label="Berkas PDF",
        help_text=f"Paling besar {shown_size(MAX_BYTES)}. Berkas dibandingkan lalu dibuang.",
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
        error_messages={"required": "Pilih berkas PDF yang ingin diperiksa."},
    )
