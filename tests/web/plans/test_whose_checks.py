"""Checks and plans are found by those alone whose part of the tree they belong to."""

import re

import pytest

PAGES = ["", "/source", "/heading", "/units", "/figures/0", "/phrase?phrase=Các thôn", "/rows/0", "/discard"]


DEEDS = [
    "/figures/0",
    *("/accept", "/another", "/discard", "/phrase", "/units", "/groups/1", "/heading"),
    *("/rows", "/rows/0", "/rows/0/settle", "/rows/0/deadline", "/rows/0/lead", "/rows/0/leave"),
    *("/rows/0/take", "/rows/0/join", "/lost"),
]


@pytest.mark.parametrize("name", ["an", "head", "binh", "dung", "giang", "admin"])
def test_nobody_else_finds_an_import(review, cast, log_in, name, only_import):
    browser = log_in(getattr(cast, name))
    assert {browser.get(review + page).status_code for page in PAGES} == {404}
    assert {browser.post(review + deed).status_code for deed in DEEDS} == {404}
    assert only_import().answers == {}


@pytest.mark.parametrize("name", ["an", "dung", "giang", "admin"])
def test_only_a_monitor_of_the_unit_puts_plans_in(upload, cast, log_in, name):
    assert upload(browser=log_in(getattr(cast, name))).status_code == 403


def test_a_monitor_puts_no_plans_in_for_others(upload, cast):
    assert upload(unit=cast.neighbour).status_code == 403


@pytest.mark.parametrize(
    ("name", "status"), [("an", 200), ("binh", 200), ("dung", 200), ("giang", 404), ("admin", 200)]
)
def test_a_published_plan_opens_for_who_has_a_part_in_it(
    cast, make_plan, make_task, make_assignment, log_in, session, name, status
):
    plan = make_plan()
    task = make_task(plan)
    make_assignment(task)
    session.commit()
    browser = log_in(getattr(cast, name))
    addresses = (f"/plans/{plan.id}", f"/plans/{plan.id}/tasks/{task.id}")
    assert {browser.get(address).status_code for address in addresses} == {status}


@pytest.mark.parametrize(("name", "status"), [("chi", 200), ("dung", 403), ("an", 404), ("giang", 404)])
def test_only_who_manages_a_draft_gives_it_out_or_deletes_it(cast, make_plan, log_in, session, name, status):
    plan = make_plan(published_at=None)
    session.commit()
    browser = log_in(getattr(cast, name))
    for page in ("forecast", "publish", "delete"):
        assert browser.get(f"/plans/{plan.id}/{page}").status_code == status


def test_a_task_of_another_plan_is_not_found(cast, make_plan, make_task, log_in, session):
    task, other = make_task(make_plan()), make_plan(number="42/KH-UBND")
    session.commit()
    assert log_in(cast.chi).get(f"/plans/{other.id}/tasks/{task.id}").status_code == 404


def test_who_is_not_logged_in_is_asked_to(app, review):
    for address in ("/plans/", review):
        assert app.test_client().get(address).location.startswith("/login")


def test_every_form_carries_a_token_and_none_is_taken_without(review, chi, app, only_import):
    app.config["WTF_CSRF_ENABLED"] = True
    for address in ("/plans/", review, f"{review}/rows/0", f"{review}/heading", f"{review}/units"):
        page = chi.get(address).text
        forms = re.findall(r'<form[^>]*method="post".*?</form>', page, re.DOTALL)
        assert forms
        assert all('name="csrf_token"' in form for form in forms)
    assert {chi.post(review + deed).status_code for deed in DEEDS} == {400}
    assert only_import().answers == {}
