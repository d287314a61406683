"""The deeds of the office, one function a verb."""
