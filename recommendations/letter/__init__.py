"""The letter: its words, numbers and PDF, the Kepala who issues it, its way to the applicant, its check page."""
