"""Agencies, their contacts and names, the proof of a contact's e-mail, merging."""
