"""What the tests of a plan's pages share: Chi's browser, and checks of plans that were put in."""

import io

import pytest
from sqlalchemy import select

from tracker.models import PlanImport
from tracker.services import units
from tracker.services.checking import check


@pytest.fixture
def chi(cast, session, log_in):
    """Chi's browser; the commune has its villages in a group."""
    villages = [cast.unit(f"Thôn Nà {name}", cast.commune) for name in ("Lìn", "Pản")]
    units.add_group("Các thôn", villages, keeper=cast.commune, actor=cast.chi, now=cast.chi.created_at)
    cast.unit("Bộ phận Văn hóa - Thông tin", cast.commune)
    session.commit()
    return log_in(cast.chi)


@pytest.fixture
def upload(chi, cast, plan_text):
    """Uploads a document as Chi and gives the address it leads to."""

    def upload(content=None, name="kế hoạch.txt", browser=chi, unit=cast.commune):
        data = {"file": (io.BytesIO(plan_text() if content is None else content), name), "unit": unit.id}
        return browser.post("/plans/imports", data=data)

    return upload


@pytest.fixture
def check_of(chi, make_import, session):
    """Gives the address of the check of a document that was put in."""

    def check_of(content):
        plan_import = make_import(content)
        session.commit()
        return f"/plans/imports/{plan_import.id}"

    return check_of


@pytest.fixture
def one_row():
    """A plan's row without a doubt, its day far off."""
    return "1\tTập huấn kỹ năng số\tPhòng Kinh tế\t\t31/12/2099\tBáo cáo"


@pytest.fixture
def review(check_of, plan_text):
    """The address of the check of the sample plan."""
    return check_of(plan_text())


@pytest.fixture
def only_import(session):
    """The one import there is, as it is stored by now."""

    def only_import():
        session.expire_all()
        return session.scalars(select(PlanImport)).one()

    return only_import


@pytest.fixture
def seen(only_import):
    """The version of the one import that a page shows by now."""
    return lambda: only_import().version


@pytest.fixture
def row(only_import, cast):
    """A row of the one import, by its key, as it stands."""

    def row(key):
        rows = check(only_import(), cast.chi.created_at.date()).corrected.rows
        return next(row for row in rows if row.key == key)

    return row
