"""How a deed says no."""


class Refused(ValueError):
    """The deed cannot be done; the message is one Vietnamese sentence that says what to do instead."""


def refuse_longer(text: str, most: int, called: str) -> None:
    """Raise Refused for a text of more than `most` characters; `called` says whose it is («Tên đơn vị»)."""
    if len(text) > most:
        raise Refused(f"{called} dài quá {most} ký tự. Hãy rút ngắn.")
