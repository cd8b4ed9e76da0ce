"""Agencies, their names and contacts, the confirmation of a contact's e-mail, and merging."""
