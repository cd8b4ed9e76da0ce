"""The files of a submission: attach them at the desk or by telephone, store, show and download them."""
