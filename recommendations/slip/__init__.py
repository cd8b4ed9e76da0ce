"""The slip that tells a returned applicant what to improve: its words, its PDF, its mail, its reminder."""
