"""Numbers in addresses: those that a row of the database can have; anything else names nothing."""

from flask import Flask
from werkzeug.routing import IntegerConverter, ValidationError

BEYOND = 2**31  # the first that no column of ours can hold


def row_number(text: str) -> int:
    """«41» -> 41; raises ValueError for what no row can have."""
    found = int(text)
    if not 0 <= found < BEYOND:
        raise ValueError(text)
    return found


class RowNumber(IntegerConverter):
    """The number in a path; beyond what a row can have there is no such page."""

    def to_python(self, value: str) -> int:
        try:
            return row_number(value)
        except ValueError as beyond:
            raise ValidationError from beyond


def register(app: Flask) -> None:
    """Read the numbers of all paths so; to be called before any room is opened."""
    app.url_map.converters["int"] = RowNumber
