"""What the health page says of each part of the desk: its name, its state, and what to do when it is not well."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Health(StrEnum):
    """How well a part is. Only BAD makes the page for machines answer 503."""

    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"


HEALTH_BADGES = {
    Health.GOOD: ("ok", "baik"),
    Health.WARNING: ("warn", "perlu dilihat"),
    Health.BAD: ("late", "bermasalah"),
}
"""The kind of the badge and its words."""

PARTS = {
    # name for machines: name on the screen, what to do
    "database": ("Basis data", "Jalankan lagi layanan basis data, lalu muat ulang halaman ini."),
    "broker": ("Antrean tugas", "Jalankan lagi layanan antrean. Yang sudah tersimpan tetap utuh dan dikerjakan nanti."),
    "disk": ("Ruang penyimpanan", "Kosongkan ruang pada disk yang memuat folder data loket."),
    "worker": ("Pekerja latar", "Jalankan lagi layanan pekerja. Surat dan e-mail menunggu sampai ia berjalan."),
    "clock": ("Penjadwal", "Jalankan lagi layanan penjadwal. Bila pekerja latar juga diam, mulai dari pekerja."),
    "commands": ("Pekerjaan terjadwal", "Periksa pekerja latar dan log-nya, atau jalankan perintahnya sendiri."),
    "time": ("Jam komputer", "Cocokkan dengan jam lain, lalu betulkan."),
    "mails": ("E-mail keluar", "Periksa pekerja latar dan server e-mail, lalu lihat E-mail keluar di halaman Kantor."),
    "papers": ("Surat dan berkas", "Periksa pekerja latar. Halaman surat atau berkasnya menyebut sebab dan tombolnya."),
    "calendar": ("Kalender kantor", "Masukkan SKB 3 Menteri di halaman Kalender."),
    "address": ("Alamat web loket", "Isi alamat web loket di Profil kantor, diawali https://."),
    "sender": ("Alamat pengirim", "Isi e-mail di Profil kantor dengan alamat yang sebenarnya."),
    "standard": ("Standar pelayanan", "Tinjau di halaman Ubah standar pelayanan, lalu tekan Sudah ditinjau hari ini."),
    "second_factor": ("Langkah kedua saat masuk", "Isi SECOND_FACTOR_REQUIRED menurut petunjuk pengoperasian."),
    "backup": ("Cadangan", "Buat cadangan menurut petunjuk pengoperasian, dan periksa jadwalnya."),
}


@dataclass(frozen=True)
class Check:
    """How well one part is, in words; `since` is the time that the words are about, where there is one."""

    name: str
    health: Health
    words: str
    since: datetime | None = None

    @property
    def title(self) -> str:
        return PARTS[self.name][0]

    @property
    def cure(self) -> str:
        """What to do. Empty for a part that is well."""
        return "" if self.health == Health.GOOD else PARTS[self.name][1]

    @property
    def kind(self) -> str:
        return HEALTH_BADGES[self.health][0]

    @property
    def health_words(self) -> str:
        return HEALTH_BADGES[self.health][1]
