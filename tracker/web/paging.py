"""A long list page by page: which page is asked for, how many there are, the addresses of those beside it."""

from dataclasses import dataclass

from flask import request
from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import Select

from tracker.db import db
from tracker.web.numbers import row_number


@dataclass(frozen=True, slots=True)
class Paging:
    """Where a page stands in a list of `total` rows; a page that is not there is the nearest that is."""

    total: int
    size: int
    asked: int = 1

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.size))

    @property
    def page(self) -> int:
        """The page that is shown, from 1."""
        return min(max(1, self.asked), self.pages)

    @property
    def after(self) -> int:
        """How many rows stand before the page."""
        return (self.page - 1) * self.size


def asked_page() -> int:
    """The page that the address asks for, or where it says none the part of a page; 1 for nonsense."""
    part = request.headers.get("X-Page", 1, type=row_number)
    return request.args.get("page", part, type=row_number)


def page_of(rows: Select, size: int) -> Pagination:
    """The page of the rows that the address asks for, `size` on each; where it is not there, the nearest."""

    def page(number: int) -> Pagination:
        return db.paginate(rows, page=number, per_page=size, error_out=False)

    asked = page(max(1, asked_page()))
    return asked if asked.items or not asked.pages else page(asked.pages)
