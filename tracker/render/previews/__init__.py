"""Pictures of what a file holds, drawn where nothing in it can do harm."""
