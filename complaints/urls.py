from django.urls import path

from complaints.views import handling, recap, reporting

app_name = "complaints"
urlpatterns = [
    path("pengaduan/", reporting.complain, name="complain"),
    path("pengaduan/terkirim/", reporting.complain_done, name="complain_done"),
    path("pengaduan/ikuti/", reporting.follow, name="follow"),
    path("pengaduan/percakapan/", reporting.conversation, name="conversation"),
    path("pengaduan/percakapan/tulis/", reporting.write_reply, name="write_reply"),
    path("pengaduan/percakapan/nilai/", reporting.rate_complaint, name="rate_complaint"),
    path("pengaduan/percakapan/tutup/", reporting.close_conversation, name="close_conversation"),
    path("kios/pengaduan/", reporting.kiosk_complain, name="kiosk_complain"),
    path("kios/pengaduan/terkirim/", reporting.kiosk_complain_done, name="kiosk_complain_done"),
    path("aduan/", handling.complaint_list, name="complaint_list"),
    path("aduan/catat/", handling.complaint_add, name="complaint_add"),
    path("aduan/catat/tanda-terima/", handling.complaint_receipt, name="complaint_receipt"),
    path("aduan/rekap/", recap.complaint_recap, name="complaint_recap"),
    path("aduan/rekap/unduh/xlsx/", recap.complaint_recap_xlsx, name="complaint_recap_xlsx"),
    path("aduan/<uuid:key>/berkas/<int:n>/", handling.complaint_file, name="complaint_file"),
    path("aduan/<uuid:key>/", handling.complaint_detail, name="complaint_detail"),
    path("aduan/<uuid:key>/tugaskan/", handling.assign_complaint, name="assign_complaint"),
    path("aduan/<uuid:key>/tanggapi/", handling.answer, name="answer"),
    path("aduan/<uuid:key>/tanya/", handling.ask_reporter, name="ask_reporter"),
    path("aduan/<uuid:key>/rencana/", handling.plan, name="plan"),
    path("aduan/<uuid:key>/selesaikan/", handling.close_complaint, name="close_complaint"),
]
