"""The results and metadata that an agency owes after its activity: which are awaited, asked for, received."""
