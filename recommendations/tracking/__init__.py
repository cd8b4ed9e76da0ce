"""The applicant's own page: the state of the submission, and answers and files for a returned form."""
