"""The official forms as an Excel workbook: drawn from their definition, filled by an agency, read back. No Django."""
