from django.urls import path

from recommendations.recording.views import completing, copying, form_files, recording, saving, unlocking

urlpatterns = [
    path("permohonan/<int:pk>/rekam/", recording.record, name="record"),
    path("permohonan/<int:pk>/rekam/<slug:block_id>/", recording.record_block, name="record_block"),
    path("permohonan/<int:pk>/rekam/<slug:block_id>/tetap/", saving.keep_recording, name="keep_recording"),
    path("permohonan/<int:pk>/isian/<slug:item_id>/", saving.save_item, name="save_item"),
    path("permohonan/<int:pk>/buka/", unlocking.unlock_item, name="unlock_item"),
    path("permohonan/<int:pk>/salin/", copying.copy_answers, name="copy_answers"),
    path("permohonan/<int:pk>/terekam-lengkap/", completing.record_complete, name="record_complete"),
    path("permohonan/<int:pk>/temuan/", completing.finding_decide, name="finding_decide"),
    path("permohonan/<int:pk>/tanda-terima/", completing.receipt, name="receipt"),
    path("templat/<slug:form>.xlsx", form_files.form_template, name="form_template"),
    path("permohonan/<int:pk>/putaran/<int:n>/isian.xlsx", form_files.form_export, name="form_export"),
    path("permohonan/<int:pk>/impor/", form_files.form_import, name="form_import"),
    path("permohonan/<int:pk>/impor/simpan/", form_files.form_import_save, name="form_import_save"),
]
