"""The form typed in from paper: saved as typed, completed, copied, imported, unlocked."""
