"""The classes of BPS's Survei Kebutuhan Data (SKD), with its own labels, so that offices can compare their recaps."""

from django.db.models import TextChoices


class Sex(TextChoices):
    MALE = "male", "Laki-laki"
    FEMALE = "female", "Perempuan"


class AgeClass(TextChoices):
    UNDER_17 = "under_17", "di bawah 17 tahun"
    FROM_17 = "17_25", "17 sampai 25 tahun"
    FROM_26 = "26_34", "26 sampai 34 tahun"
    FROM_35 = "35_44", "35 sampai 44 tahun"
    FROM_45 = "45_54", "45 sampai 54 tahun"
    FROM_55 = "55_65", "55 sampai 65 tahun"
    OVER_65 = "over_65", "di atas 65 tahun"


class Education(TextChoices):
    SCHOOL = "school", "SLTA atau di bawahnya"
    DIPLOMA = "diploma", "D1, D2, D3"
    BACHELOR = "bachelor", "D4, S1"
    MASTER = "master", "S2"
    DOCTOR = "doctor", "S3"


class Occupation(TextChoices):
    STUDENT = "student", "Pelajar/Mahasiswa"
    RESEARCHER = "researcher", "Peneliti/Dosen"
    CIVIL = "civil", "ASN/TNI/Polri"
    STATE_COMPANY = "state_company", "Pegawai BUMN/BUMD"
    COMPANY = "company", "Pegawai swasta"
    OWN_BUSINESS = "own_business", "Wiraswasta"
    OTHER = "other", "Lainnya"


class AgencyCategory(TextChoices):
    STATE = "state", "Lembaga negara"
    MINISTRY = "ministry", "Kementerian dan lembaga pemerintah"
    SECURITY = "security", "TNI/Polri/BIN/Kejaksaan"
    LOCAL = "local", "Pemerintah daerah"
    INTERNATIONAL = "international", "Lembaga internasional"
    SCIENCE = "science", "Lembaga penelitian dan pendidikan"
    STATE_COMPANY = "state_company", "BUMN/BUMD"
    COMPANY = "company", "Swasta"
    OTHER = "other", "Lainnya"


class DataUse(TextChoices):
    STUDY = "study", "Tugas sekolah/kuliah"
    GOVERNMENT = "government", "Pemerintahan"
    COMMERCE = "commerce", "Komersial"
    RESEARCH = "research", "Penelitian"
    OTHER = "other", "Lainnya"


CLASSES: dict[str, tuple[str, type[TextChoices]]] = {
    # field of Visitor: (label, classes)
    "sex": ("jenis kelamin", Sex),
    "age_class": ("umur", AgeClass),
    "education": ("pendidikan", Education),
    "occupation": ("pekerjaan", Occupation),
    "agency_category": ("kategori instansi", AgencyCategory),
    "data_use": ("pemanfaatan data", DataUse),
}
UNFILLED = "tidak diisi"
