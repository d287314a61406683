"""A long list page by page: which page is asked for, how many there are, the addresses of those beside it."""

from dataclasses import dataclass

from flask import request

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
