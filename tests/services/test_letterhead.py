"""Letters lead to pages that exist."""

from datetime import date

import pytest
from werkzeug.routing.exceptions import RequestRedirect

from tracker.services.letterhead import letterhead_of


@pytest.fixture
def letterhead(app):
    return letterhead_of(
        {
            **app.config,
            "BASE_URL": "https://dunghan.suoimay.example/",
            "MAIL_FROM": "nhacviec@suoimay.example",
        }
    )


@pytest.mark.parametrize(
    ("name", "numbers", "endpoint"),
    [
        ("assignments", (), "assignments.index"),
        ("assignment", (17,), "assignment.show"),
        ("task", (3, 7), "plans.task"),
        ("standing", (), "assignments.index"),
        ("queue", (), "reviewing.index"),
        ("board", (), "home.index"),
        ("overdue", (), "board.overdue"),
        ("unit", (5,), "units.show"),
        ("choice", (5, "an@suoimay.example"), "account.choose_by_link"),
    ],
)
def test_every_address_in_a_letter_is_a_page(app, letterhead, name, numbers, endpoint):
    address = getattr(letterhead, name)(*numbers)
    path = address.removeprefix("https://dunghan.suoimay.example").partition("#")[0]
    try:
        found, _ = app.url_map.bind("dunghan.suoimay.example").match(path)
    except RequestRedirect as redirect:
        pytest.fail(f"{address} is redirected to {redirect.new_url}")
    assert found == endpoint


def test_a_letters_identity_is_that_of_its_day_recipient_and_house(letterhead):
    first = letterhead.message_id(date(2026, 6, 18), "user-12")
    assert first == letterhead.message_id(date(2026, 6, 18), "user-12")
    assert first.startswith("<20260618.user-12.")
    assert first.endswith("@suoimay.example>")
    assert first != letterhead.message_id(date(2026, 6, 19), "user-12")
