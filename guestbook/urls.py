from django.urls import path

from guestbook.views import board, classes, console, kiosk, notes, recaps, ticket, visits
from guestbook.workflow import Move

app_name = "guestbook"
urlpatterns = [
    path("kios/", kiosk.kiosk, name="kiosk"),
    path("kios/layanan/", kiosk.kiosk_service, name="kiosk_service"),
    path("kios/layanan/<str:prefix>/", kiosk.kiosk_identity, name="kiosk_identity"),
    path("kios/tiket/<str:token>/", kiosk.kiosk_ticket, name="kiosk_ticket"),
    path("kios/tiket/<str:token>/kirim/", kiosk.kiosk_mail, name="kiosk_mail"),
    path("papan/", board.board, name="board"),
    path("papan/keadaan/", board.board_state, name="board_state"),
    path("papan/suara/<slug:piece>.wav", board.board_sound, name="board_sound"),
    path("antrian/<str:token>/", ticket.ticket, name="ticket"),
    path("antrian/<str:token>/batal/", ticket.ticket_leave, name="ticket_leave"),
    path("loket/", console.counter_list, name="counter_list"),
    path("loket/<int:number>/", console.console, name="console"),
    path("loket/<int:number>/antrian/", console.queue, name="queue"),
    path("loket/<int:number>/susulan/", console.late_entry, name="late_entry"),
    path("loket/<int:number>/panggil-berikutnya/", console.call_next, name="call_next"),
    path("loket/<int:number>/<int:pk>/", console.waiting_visit, name="waiting_visit"),
    path("loket/<int:number>/<int:pk>/alihkan/", console.transfer, name="transfer"),
    path("loket/<int:number>/<int:pk>/panggil/", console.call, name="call"),
    path("loket/<int:number>/<int:pk>/panggil-ulang/", console.move_visit, {"move": Move.RECALL}, name="recall"),
    path("loket/<int:number>/<int:pk>/mulai/", console.move_visit, {"move": Move.START}, name="start"),
    path("loket/<int:number>/<int:pk>/selesai/", console.move_visit, {"move": Move.FINISH}, name="finish"),
    path("loket/<int:number>/<int:pk>/tidak-hadir/", console.move_visit, {"move": Move.MISS}, name="miss"),
    path("loket/<int:number>/<int:pk>/kembalikan/", console.move_visit, {"move": Move.REQUEUE}, name="requeue"),
    path("loket/<int:number>/<int:pk>/batal/", console.move_visit, {"move": Move.LEAVE}, name="leave"),
    path("loket/<int:number>/<int:pk>/catatan/", notes.write_note, name="write_note"),
    path("loket/<int:number>/<int:pk>/data-skd/", classes.classify, name="classify"),
    path("buku-tamu/", visits.visit_list, name="visit_list"),
    path("buku-tamu/<int:pk>/", visits.visit_detail, name="visit_detail"),
    path("buku-tamu/<int:pk>/perbaiki/", visits.correct_visit, name="correct_visit"),
    path("rekap/", recaps.recap, name="recap"),
    path("rekap/unduh/xlsx/", recaps.recap_export, {"kind": "xlsx"}, name="recap_xlsx"),
    path("rekap/unduh/pdf/", recaps.recap_export, {"kind": "pdf"}, name="recap_pdf"),
]
