"""The five kinds of files that are accepted."""

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PICTURES = {JPEG, PNG}

ENDINGS = {PDF: (".pdf",), JPEG: (".jpg", ".jpeg"), PNG: (".png",), DOCX: (".docx",), XLSX: (".xlsx",)}
WORDS = {PDF: "PDF", JPEG: "JPEG", PNG: "PNG", DOCX: "DOCX", XLSX: "XLSX"}
ACCEPTED = ",".join(ending for endings in ENDINGS.values() for ending in endings)


def kind_words(content_type: str) -> str:
    """Return `PDF` for application/pdf; an unknown content type as it is."""
    return WORDS.get(content_type, content_type)
