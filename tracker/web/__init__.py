"""A blueprint a room."""
