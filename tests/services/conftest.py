"""What the tests of amended plans share: a plan given out in June, and a later issue of it."""

from datetime import UTC, date, datetime

import pytest

from tracker.services import answering, importing, publishing

JUNE = datetime(2026, 6, 18, 2, 0, tzinfo=UTC)
JULY = datetime(2026, 7, 2, 2, 0, tzinfo=UTC)


@pytest.fixture
def give_out(make_import, cast, session):
    """A factory of plans that Chi accepts and gives out in June."""

    def give_out(content):
        plan = importing.accept(make_import(content), actor=cast.chi, now=JUNE, today=date(2026, 6, 18))
        publishing.publish(plan, {}, actor=cast.chi, now=JUNE, today=date(2026, 6, 18))
        session.commit()
        return plan

    return give_out


@pytest.fixture
def issue_again(make_import, cast, session):
    """A factory of documents that Chi says in July to be another issue of a plan."""

    def issue_again(plan, content):
        again = make_import(content)
        answering.agree_new_issue(again, plan, actor=cast.chi, now=JULY)
        session.commit()
        return again

    return issue_again
