"""Task tracking and reminders for plan assignments of Vietnamese authorities."""

__version__ = "0.1.0"
