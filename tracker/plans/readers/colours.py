"""The colour behind a cell, as files tell it."""

import re

_HEX = re.compile(r"#([0-9a-f]{6}|[0-9a-f]{3})", re.IGNORECASE)
_NAMED = re.compile(r"[a-z]{3,20}", re.IGNORECASE)
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})")
_NO_COLOUR = {"", "auto", "none", "transparent", "inherit", "initial", "white", "window", "ffffff"}


def colour(said: str) -> str:
    """«#FFC000», «yellow», «rgb(255, 192, 0)» -> a name for it; empty for white and what is none."""
    said = said.strip()
    if parts := _RGB.match(said):
        said = "#" + "".join(f"{min(int(part), 255):02x}" for part in parts.groups())
    found = _HEX.fullmatch(said)
    name = (found[1] if found else said if _NAMED.fullmatch(said) else "").lower()
    if found and len(name) == 3:
        name = "".join(2 * digit for digit in name)
    return "" if name in _NO_COLOUR else name
