"""The promise of 30 working days: its due date, what moves it, what keeps it, and who is alerted."""
