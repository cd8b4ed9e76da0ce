"""The applicant's own page: what became of the application, answers and files for a returned form."""
