"""The archive of activities: its index, the search for similar activities, and the decision about duplicates."""
