"""How a deed says no."""


class Refused(ValueError):
    """The deed cannot be done; the message is one Vietnamese sentence that says what to do instead."""
