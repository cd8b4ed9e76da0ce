"""FP-KPA, Formulir Pemberitahuan Kompilasi Produk Administrasi, as printed in the PDF of 20 March 2019."""

from recommendations.instruments.conditions import All, AnyOf, Has, Is
from recommendations.instruments.structure import YES_NO, AttachmentKind, Block, Choice, Column, Instrument, Item, Kind

REPEATED = Is("kegiatan_dilakukan", 2)
PUBLISHED = AnyOf(Is("produk_cetak", 1), Is("produk_elektronik", 1))


COVER = Block(
    id="sampul",
    number="",
    title="Sampul",
    short="Sampul",
    items=(
        Item(
            id="judul_kegiatan",
            number="sampul",
            label="Judul kegiatan",
            kind=Kind.TEXT,
            required=True,
            help='Tuliskan dengan lengkap; judul memuat kata "Kompilasi" dan cakupan wilayah.',
        ),
        Item(
            id="identitas_rekomendasi",
            number="sampul",
            label="Identitas rekomendasi (diisi oleh BPS)",
            kind=Kind.TEXT,
            pattern=r"^[VK]-\d{2}\.\d{4}\.\d{3}$",
            filled_by_bps=True,
            help="Bentuk K-26.6371.001: jenis-tahun.wilayah penerbit.nomor urut. Kosong sampai surat terbit.",
        ),
        Item(id="tahun_kegiatan", number="", label="Tahun Kegiatan", kind=Kind.YEAR, required=True, on_paper=False),
    ),
)

BLOCK_I = Block(
    id="blok_1",
    number="I",
    title="Identifikasi Penyelenggara Kompilasi Produk Administrasi",
    short="Penyelenggara",
    items=(
        Item(
            id="penyelenggara",
            number="1.1",
            label="Penyelenggara",
            kind=Kind.TEXT,
            required=True,
            help="Kementerian/lembaga/dinas/satuan kerja perangkat daerah, setingkat eselon II.",
        ),
        Item(
            id="penyelenggara_alamat",
            number="1.2",
            label="Alamat lengkap penyelenggara",
            kind=Kind.TEXTAREA,
            required=True,
            help="Termasuk nomor telepon, faksimile, dan e-mail.",
        ),
        Item(
            id="penyelenggara_telepon",
            number="1.2",
            label="Telepon penyelenggara",
            kind=Kind.PHONE,
            on_paper=False,
            help="Bagian isian 1.2 di kertas.",
        ),
        Item(
            id="penyelenggara_faksimile",
            number="1.2",
            label="Faksimile penyelenggara",
            kind=Kind.PHONE,
            on_paper=False,
            help="Bagian isian 1.2 di kertas.",
        ),
        Item(
            id="penyelenggara_email",
            number="1.2",
            label="E-mail penyelenggara",
            kind=Kind.EMAIL,
            on_paper=False,
            help="Bagian isian 1.2 di kertas.",
        ),
        Item(
            id="penyelenggara_kabkota",
            number="1.2",
            label="Kabupaten/Kota *) coret yang tidak sesuai",
            kind=Kind.REGION,
            required=True,
            level="kabkota",
        ),
        Item(
            id="penyelenggara_provinsi",
            number="1.2",
            label="Provinsi",
            kind=Kind.REGION,
            required=True,
            level="provinsi",
        ),
    ),
)

BLOCK_II = Block(
    id="blok_2",
    number="II",
    title="Penanggung Jawab Kompilasi Produk Administrasi (sebagai Contact Person)",
    short="Penanggung jawab",
    items=(
        Item(
            id="pj_nama",
            number="2.1",
            label="Penanggung jawab kegiatan: Nama",
            kind=Kind.TEXT,
            required=True,
            help="Pihak yang mengetahui informasi tentang kompilasi.",
        ),
        Item(id="pj_jabatan", number="2.1", label="Jabatan", kind=Kind.TEXT, required=True),
        Item(id="pj_alamat", number="2.1", label="Alamat", kind=Kind.TEXTAREA, required=True),
        Item(id="pj_telepon", number="2.1", label="Telepon", kind=Kind.PHONE, required=True),
        Item(id="pj_fax", number="2.1", label="Fax", kind=Kind.PHONE, help="Boleh kosong."),
        Item(id="pj_email", number="2.1", label="E-mail", kind=Kind.EMAIL, required=True),
        Item(
            id="teknis_nama",
            number="2.2",
            label="Penanggung jawab teknis kegiatan: Nama",
            kind=Kind.TEXT,
            required=True,
            help="Koordinator teknis; boleh pegawai instansi atau pihak ketiga (konsultan).",
        ),
        Item(id="teknis_jabatan", number="2.2", label="Jabatan", kind=Kind.TEXT, required=True),
        Item(id="teknis_alamat", number="2.2", label="Alamat", kind=Kind.TEXTAREA, required=True),
        Item(id="teknis_telepon", number="2.2", label="Telepon", kind=Kind.PHONE, required=True),
        Item(id="teknis_fax", number="2.2", label="Fax", kind=Kind.PHONE, help="Boleh kosong."),
        Item(id="teknis_email", number="2.2", label="E-mail", kind=Kind.EMAIL, required=True),
        Item(
            id="walidata_unit",
            number="2.3",
            label="Unit Kerja Walidata",
            kind=Kind.TEXT,
            on_paper=False,
            help="Boleh kosong; tidak ada di formulir kertas.",
        ),
        Item(
            id="walidata_email",
            number="2.3",
            label="E-Mail Walidata",
            kind=Kind.EMAIL,
            on_paper=False,
            help="Boleh kosong; tidak ada di formulir kertas.",
        ),
    ),
)

BLOCK_III = Block(
    id="blok_3",
    number="III",
    title="Perencanaan dan Persiapan Kompilasi Produk Administrasi",
    short="Perencanaan",
    items=(
        Item(
            id="tujuan_manfaat",
            number="3.1",
            label="Tujuan dan manfaat kegiatan",
            kind=Kind.TEXTAREA,
            required=True,
            help="Ringkas; sebutkan indikator yang dihasilkan.",
        ),
        Item(
            id="jadwal_perencanaan",
            number="3.2",
            label="Jadwal kegiatan: Perencanaan/persiapan",
            kind=Kind.DATERANGE,
            required=True,
            help="Masa rekomendasi termasuk dalam baris ini.",
        ),
        Item(
            id="jadwal_pengumpulan",
            number="3.2",
            label="Pengumpulan data",
            kind=Kind.DATERANGE,
            required=True,
            help="Masa penarikan/penghimpunan data ke lembar kerja, bukan masa pencatatan administrasinya.",
        ),
        Item(id="jadwal_pengolahan", number="3.2", label="Pengolahan", kind=Kind.DATERANGE, required=True),
        Item(id="jadwal_analisis", number="3.2", label="Analisis", kind=Kind.DATERANGE, required=True),
        Item(id="jadwal_diseminasi", number="3.2", label="Diseminasi", kind=Kind.DATERANGE, required=True),
    ),
)

BLOCK_IV = Block(
    id="blok_4",
    number="IV",
    title="Variabel Utama yang Digunakan",
    short="Variabel utama",
    items=(
        Item(
            id="variabel",
            number="IV",
            label="Variabel utama yang digunakan, referensi waktu dan sumber dari masing-masing variabel tersebut",
            kind=Kind.TABLE,
            required=True,
            columns=(
                Column("nama", "Nama", Kind.TEXT, required=True),
                Column("referensi_waktu", "Referensi Waktu", Kind.TEXT, required=True),
                Column("sumber", "Sumber", Kind.TEXT, required=True),
                Column("definisi", "Definisi", Kind.TEXTAREA),
            ),
            min_rows=1,
            help="Sumber: unit kerja yang menjadi sumber data variabel.",
        ),
    ),
)

BLOCK_V = Block(
    id="blok_5",
    number="V",
    title="Desain Kompilasi Produk Administrasi",
    short="Desain kompilasi",
    items=(
        Item(
            id="kegiatan_dilakukan",
            number="5.1",
            label="Kegiatan ini dilakukan",
            kind=Kind.CHOICE,
            required=True,
            choices=(
                Choice(1, "Hanya sekali"),
                Choice(2, "Berulang"),
            ),
            help="Berulang = berulang kali atau kegiatan rutin.",
        ),
        # Not the codes of FS3 3.2.
        Item(
            id="frekuensi",
            number="5.2",
            label="Frekuensi penyelenggaraan kegiatan",
            kind=Kind.CHOICE,
            required=True,
            shown_when=REPEATED,
            choices=(
                Choice(1, "Bulanan"),
                Choice(2, "Triwulanan"),
                Choice(3, "Tahunan"),
                Choice(4, "Lainnya (sebutkan)"),
            ),
            help="Diisi hanya jika R.5.1 berkode 2.",
        ),
        # 5.1 too: a frequency kept from the paper under "hanya sekali" asks for nothing more.
        Item(
            id="frekuensi_lainnya",
            number="5.2",
            label="Lainnya (sebutkan)",
            kind=Kind.TEXT,
            required=True,
            shown_when=All(REPEATED, Is("frekuensi", 4)),
        ),
        Item(
            id="jenis_data",
            number="5.3",
            label="Jenis data",
            kind=Kind.CHOICE,
            required=True,
            choices=(
                Choice(1, "Series"),
                Choice(2, "Cross section"),
                Choice(3, "Series dan cross section"),
            ),
            help="Series: beberapa periode; cross section: satu waktu; gabungan: beberapa objek, beberapa periode.",
        ),
        Item(
            id="metode_pengumpulan",
            number="5.4",
            label="Metode pengumpulan data",
            kind=Kind.CHOICES,
            required=True,
            choices=(
                Choice(1, "Mengisi kuesioner sendiri (swacacah)"),
                Choice(2, "Dokumentasi"),
                Choice(4, "Lainnya (sebutkan)"),
            ),
            help="Bisa lebih dari satu. Swacacah: juga lewat aplikasi/email. Dokumentasi: registrasi/pencatatan.",
        ),
        Item(
            id="metode_pengumpulan_lainnya",
            number="5.4",
            label="Lainnya (sebutkan)",
            kind=Kind.TEXT,
            required=True,
            shown_when=Has("metode_pengumpulan", 4),
        ),
        Item(
            id="cakupan_wilayah",
            number="5.5",
            label="Cakupan wilayah data",
            kind=Kind.CHOICE,
            required=True,
            choices=(
                Choice(1, "Seluruh wilayah di Indonesia"),
                Choice(2, "Sebagian wilayah di Indonesia"),
            ),
            help="Cakupan terluas dari data dalam kompilasi.",
        ),
        # The printed guidance says R.5.7, which does not exist; R.5.5 is meant.
        Item(
            id="wilayah",
            number="5.6",
            label="Wilayah data",
            kind=Kind.TABLE,
            required=True,
            shown_when=Is("cakupan_wilayah", 2),
            columns=(
                Column("provinsi", "Provinsi", Kind.REGION, required=True, level="provinsi"),
                Column("kabkota", "Kabupaten/Kota", Kind.REGION, required=True, level="kabkota"),
            ),
        ),
    ),
)

BLOCK_VI = Block(
    id="blok_6",
    number="VI",
    title="Pengumpulan Data",
    short="Pengumpulan data",
    items=(
        Item(
            id="petugas",
            number="6.1",
            label="Petugas pengumpulan data",
            kind=Kind.CHOICES,
            required=True,
            choices=(
                Choice(1, "Staf"),
                Choice(2, "Tenaga kontrak"),
                Choice(4, "Lainnya (sebutkan)"),
            ),
            help="Bisa lebih dari satu.",
        ),
        Item(
            id="petugas_lainnya",
            number="6.1",
            label="Lainnya (sebutkan)",
            kind=Kind.TEXT,
            required=True,
            shown_when=Has("petugas", 4),
        ),
        # One answer, codes 1, 2, 3. FS3 5.9 has 1, 2, 4 and several answers.
        Item(
            id="pendidikan_petugas",
            number="6.2",
            label="Persyaratan pendidikan terakhir petugas pengumpulan data",
            kind=Kind.CHOICE,
            required=True,
            choices=(
                Choice(1, "SMP"),
                Choice(2, "SMA/SMK"),
                Choice(3, "Akademi/Universitas"),
            ),
            help="Pendidikan terendah yang dipersyaratkan; satu pilihan.",
        ),
        Item(
            id="jumlah_supervisor",
            number="6.3",
            label="Supervisor/penyelia/pengawas (orang)",
            kind=Kind.INTEGER,
            required=True,
            minimum=0,
        ),
        Item(
            id="jumlah_enumerator",
            number="6.3",
            label="Enumerator/kompilator/pengumpul data (orang)",
            kind=Kind.INTEGER,
            required=True,
            minimum=0,
        ),
        Item(
            id="pelatihan",
            number="6.4",
            label="Apakah melakukan pelatihan petugas pengumpulan data?",
            kind=Kind.YESNO,
            required=True,
            choices=YES_NO,
        ),
    ),
)

BLOCK_VII = Block(
    id="blok_7",
    number="VII",
    title="Pengolahan, Estimasi, Analisis, dan Diseminasi Data",
    short="Pengolahan, diseminasi",
    items=(
        Item(
            id="olah_editing",
            number="7.1",
            label="Metode pengolahan: Penyuntingan (editing)",
            kind=Kind.YESNO,
            required=True,
            choices=YES_NO,
        ),
        Item(
            id="olah_coding",
            number="7.1",
            label="Metode pengolahan: Penyandian (coding)",
            kind=Kind.YESNO,
            required=True,
            choices=YES_NO,
        ),
        Item(
            id="olah_entry",
            number="7.1",
            label="Metode pengolahan: Input data (data entry)",
            kind=Kind.YESNO,
            required=True,
            choices=YES_NO,
        ),
        Item(
            id="olah_validasi",
            number="7.1",
            label="Metode pengolahan: Penyahihan (validasi)",
            kind=Kind.YESNO,
            required=True,
            choices=YES_NO,
        ),
        Item(
            id="metode_analisis",
            number="7.2",
            label="Metode analisis",
            kind=Kind.TEXTAREA,
            required=True,
            help="Tuliskan metode (deskriptif/inferensia dan tekniknya).",
        ),
        Item(
            id="unit_analisis",
            number="7.3",
            label="Unit analisis",
            kind=Kind.TEXT,
            required=True,
            help="Unit yang akan dianalisis.",
        ),
        # The guidance does not say "bisa lebih dari satu"; the codes 1, 2, 4 ... imply it.
        Item(
            id="tingkat_penyajian",
            number="7.4",
            label="Tingkat penyajian data",
            kind=Kind.CHOICES,
            required=True,
            choices=(
                Choice(1, "Nasional"),
                Choice(2, "Provinsi"),
                Choice(4, "Kabupaten/kota"),
                Choice(8, "Kecamatan"),
                Choice(16, "Lainnya (sebutkan)"),
                Choice(32, "Tidak dilakukan estimasi"),
            ),
            exclusive=(32,),
            help="Bisa lebih dari satu.",
        ),
        Item(
            id="tingkat_penyajian_lainnya",
            number="7.4",
            label="Lainnya (sebutkan)",
            kind=Kind.TEXT,
            required=True,
            shown_when=Has("tingkat_penyajian", 16),
        ),
        Item(
            id="produk_cetak",
            number="7.5",
            label="Produk data yang tersedia untuk umum: Publikasi tercetak",
            kind=Kind.YESNO,
            required=True,
            choices=YES_NO,
        ),
        Item(
            id="produk_elektronik",
            number="7.5",
            label="Publikasi elektronik",
            kind=Kind.YESNO,
            required=True,
            choices=YES_NO,
            help="Bila R.7.5 semua berkode 2, R.7.6 dilewati.",
        ),
        Item(
            id="tanggal_publikasi",
            number="7.6",
            label="Rencana penerbitan publikasi untuk umum",
            kind=Kind.DATE,
            required=True,
            shown_when=PUBLISHED,
            help="Termasuk tabel/grafik di website atau poster di ruang publik; tidak termasuk laporan internal.",
        ),
    ),
)

FPKPA = Instrument(
    code="FP-KPA",
    slug="fpkpa",
    title="Formulir Pemberitahuan Kompilasi Produk Administrasi",
    short_title="Kompilasi produk administrasi",
    edition="2019 (PDF 20 Maret 2019)",
    title_item="judul_kegiatan",
    agency_item="penyelenggara",
    variables_item="variabel",
    field_period_item="jadwal_pengumpulan",
    activity_letter="K",
    blocks=(COVER, BLOCK_I, BLOCK_II, BLOCK_III, BLOCK_IV, BLOCK_V, BLOCK_VI, BLOCK_VII),
    attachments=(
        AttachmentKind("surat_pengantar", "Surat pengantar/permohonan dari instansi", required=True),
        AttachmentKind(
            "instrumen", "Instrumen: format laporan/lembar kerja/contoh formulir administrasi", required=True
        ),
        AttachmentKind(
            "pendukung", "Berkas pendukung lain: TOR/KAK, dummy tabel, publikasi sebelumnya", required=False
        ),
    ),
)
