"""The office's profile, printed in its letters and shown on its screens. One row."""

from cryptography import x509
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models

from office.letter_patterns import NotAPattern, Numbering, check_pattern

TOLD_FROM = 5
"""A figure of visitors' answers needs at least this many visitors, so that none shows what one of them answered."""


def validate_letter_pattern(pattern: str) -> None:
    """Raise ValidationError unless every number of the pattern can be written and read back."""
    try:
        check_pattern(pattern)
    except NotAPattern as wrong:
        raise ValidationError(str(wrong)) from None


def validate_roots(pem: str) -> None:
    """Raise ValidationError unless the text is nothing or certificates in PEM."""
    try:
        if pem.strip():
            x509.load_pem_x509_certificates(pem.encode())
    except ValueError:
        raise ValidationError("Tempel sertifikat dalam bentuk PEM, dari -----BEGIN CERTIFICATE-----.") from None


class SigningRoute(models.TextChoices):
    """How the head of the office signs a letter (PP 71/2019 for an electronic signature, TTE)."""

    WET = "wet", "Tinta basah: cetak, tanda tangani, pindai"
    ELSEWHERE = "elsewhere", "TTE di aplikasi lain (BSrE, SRIKANDI): unduh, tanda tangani, unggah"
    ESIGN = "esign", "TTE lewat layanan BSrE kantor, dari halaman Kepala"
    OWN = "own", "Sertifikat kantor sendiri, untuk uji coba"

    @property
    def is_bsre(self) -> bool:
        """Return whether a certificate of BSrE signs, so that the letter may say so."""
        return self in (self.ELSEWHERE, self.ESIGN)

    @property
    def is_direct(self) -> bool:
        """Return whether the Kepala signs on the desk's own pages."""
        return self in (self.ESIGN, self.OWN)


class OfficeManager(models.Manager["Office"]):
    def current(self) -> "Office":
        """Return the profile of this office. When there is none yet, create it with the defaults."""
        return self.get_or_create(pk=Office.ONLY)[0]

    def locked(self) -> "Office":
        """Return the profile locked until the transaction ends, created when there is none yet.

        Acts that count or compare rows of the whole office lock it first, so that only one of them runs at a time:
        heads of the office, numbers of the registers, names of agencies, changes of the calendar, alerts, frozen
        reports and their plans.
        Call it inside a transaction.
        """
        return self.select_for_update().get_or_create(pk=Office.ONLY)[0]


class Office(models.Model):
    """The facts of SK 019/KPA/2024 and of the letterhead. The admin can edit all of them."""

    class LetterRegister(models.TextChoices):
        OWN = "own", "Register rekomendasi sendiri"
        COMMON = "common", "Register umum kantor"

    ONLY = 1

    name = models.CharField("nama kantor", max_length=100, default="BPS Kota Banjarmasin")
    city = models.CharField("kota/kabupaten", max_length=100, default="Kota Banjarmasin")
    place = models.CharField("tempat surat", max_length=60, default="Banjarmasin")
    province = models.CharField("provinsi", max_length=60, default="Kalimantan Selatan")
    satker = models.CharField(
        "kode satker",
        max_length=4,
        default="6371",
        validators=[RegexValidator(r"^\d{4}$", "Kode satker berisi 4 angka.")],
    )
    unit = models.CharField(
        "kode unit pada nomor surat",
        max_length=4,
        default="0",
        blank=True,
        validators=[RegexValidator(r"^[0-9A-Z]*$", "Kode unit berisi angka atau huruf besar.")],
    )
    address = models.CharField("alamat", max_length=200, default="Jalan Gatot Subroto No. 5 Banjarmasin 70235")
    phone = models.CharField("telepon", max_length=40, default="0511 6773031")
    website = models.CharField("laman", max_length=100, default="banjarmasinkota.bps.go.id")
    email = models.EmailField("e-mail", default="bps6371@bps.go.id")
    service_whatsapp = models.CharField("WhatsApp layanan", max_length=20, default="0812-1010-6371")
    complaint_whatsapp = models.CharField("WhatsApp pengaduan", max_length=20, default="0812-5050-6371")
    complaint_url = models.URLField("laman pengaduan", default="https://webapps.bps.go.id/pengaduan/")
    public_url = models.URLField(
        "alamat web loket",
        default="http://localhost:8000",
        help_text="Awal setiap tautan pada tiket, surat, dan e-mail. Surat baru dapat diterbitkan dengan https.",
    )
    running_text = models.CharField(
        "teks berjalan papan",
        max_length=300,
        blank=True,
        default="Layanan Rekomendasi Kegiatan Statistik tidak dipungut biaya.",
    )
    is_example = models.BooleanField("kantor contoh", default=False, editable=False)
    standard = models.CharField("standar pelayanan", max_length=60, default="SK 019/KPA/2024")
    promise_days = models.PositiveSmallIntegerField(
        "janji hasil pemeriksaan (hari kerja)", default=30, validators=[MinValueValidator(1), MaxValueValidator(365)]
    )
    answer_months = models.PositiveSmallIntegerField(
        "menunggu jawaban pemohon (bulan)",
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(24)],
        help_text="Sesudah itu pemohon diingatkan, dan permohonan dapat dibatalkan.",
    )
    min_respondents = models.PositiveSmallIntegerField(
        "responden survei kepuasan paling sedikit",
        default=TOLD_FROM,
        validators=[MinValueValidator(TOLD_FROM), MaxValueValidator(1000)],
        help_text="Di bawahnya laporan SKM menyebut “responden belum cukup”, tanpa indeks.",
    )
    two_readers = models.BooleanField(
        "dua pemeriksa",
        default=False,
        help_text="Bila ya, permohonan diverifikasi setelah dua petugas menyatakannya sesuai.",
    )
    letter_pattern = models.CharField(
        "pola nomor surat",
        max_length=100,
        default="B-{urut:03}/{satker}{unit}/{klasifikasi}/{tahun}",
        validators=[validate_letter_pattern],
        help_text="Dapat memuat {urut} atau {urut:03}, {satker}, {unit}, {klasifikasi}, {bulan}, {tahun}.",
    )
    letter_register = models.CharField(
        "register nomor surat",
        max_length=10,
        choices=LetterRegister.choices,
        default=LetterRegister.OWN,
        help_text="Register sendiri: nomor berikutnya diusulkan. Register umum: surat rekomendasi berselang-seling "
        "dengan surat lain, jadi nomor diketik, atau diambil dari nomor yang dipesan.",
    )
    letter_classification = models.CharField("kode klasifikasi surat", max_length=20, default="HM.310")
    copies_to = models.TextField("tembusan", blank=True, help_text="Satu penerima per baris.")
    print_nip = models.BooleanField("cetak NIP pada surat", default=True)
    signing_route = models.CharField(
        "cara tanda tangan surat", max_length=10, choices=SigningRoute.choices, default=SigningRoute.WET
    )
    trusted_roots = models.TextField(
        "sertifikat induk yang dipercaya",
        blank=True,
        validators=[validate_roots],
        help_text="Sertifikat induk penerbit tanda tangan (BSrE) dalam bentuk PEM. Tanpa ini, tanda tangan "
        "diperiksa keutuhannya, tetapi penerbitnya tidak.",
    )
    send_when_signed = models.BooleanField(
        "kirim e-mail begitu surat ditandatangani",
        default=True,
        help_text="Bila tidak, petugas yang mengirim dari halaman permohonan.",
    )
    download_days = models.PositiveSmallIntegerField(
        "hari tautan unduh surat berlaku",
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(366)],
        help_text="Sesudah itu petugas memperpanjangnya dengan satu tombol.",
    )

    devices_required = models.BooleanField(
        "kios dan papan hanya pada perangkat yang dipasangkan",
        default=True,
        help_text="Bila tidak, siapa pun di jaringan ini dapat membuka kios dan papan.",
    )

    objects = OfficeManager()

    class Meta:
        verbose_name = "profil kantor"
        verbose_name_plural = "profil kantor"
        constraints = [
            models.CheckConstraint(name="one_office", condition=models.Q(pk=1)),
            models.CheckConstraint(
                name="figures_of_enough_respondents", condition=models.Q(min_respondents__gte=TOLD_FROM)
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def numbering(self) -> Numbering:
        return Numbering(self.letter_pattern, self.satker, self.unit, self.letter_classification)

    @property
    def letterhead(self) -> dict[str, str]:
        """What the kop of the office's papers says; letters and slips freeze it."""
        return {
            "name": self.name,
            "city": self.city,
            "address": f"{self.address}, telp. {self.phone}",
            "contact": f"{self.website}, {self.email}",
        }

    def full_address(self, path: str) -> str:
        """Return the address of one of our pages as other machines open it, from its path."""
        return self.public_url.rstrip("/") + path
