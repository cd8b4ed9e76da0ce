"""Complaints (pengaduan): received by every channel, assigned, answered, closed; followed by a code, not by a name."""
