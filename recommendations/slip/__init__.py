"""The slip with the remarks of a returned round: its words, its PDF, its mail, and the reminder."""
