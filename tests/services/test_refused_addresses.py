"""An address the mail server refuses is shown until a later letter arrives there or it is changed."""

from datetime import UTC, datetime

import pytest

from tracker.mailer import LetterRefused, MailFailed
from tracker.models import Mail
from tracker.rules.notices.people import RecipientKind, is_reachable
from tracker.services import correspondents, posting, refused_addresses
from tracker.services.letterhead import Letterhead
from tracker.services.refused_addresses import Refusal

NOW = datetime(2026, 6, 18, 0, 30, tzinfo=UTC)
LETTERHEAD = Letterhead("https://dunghan.example", "Đúng hạn", "", "nhacviec@suoimay.example", "07:30")


@pytest.fixture
def post(session):
    """Post a letter to a person or a unit, whose server answers as said."""

    def post(reader, answer=None):
        def send(_letter, _chores):
            if answer is not None:
                raise answer

        letter = Mail(
            message_id=f"<{session.query(Mail).count()}@x>",
            address=reader.email,
            subject="1 nhiệm vụ quá hạn",
            text="Kính gửi\n",
            html="<p>Kính gửi</p>",
            created_at=NOW,
            **{"unit" if hasattr(reader, "parent") else "user": reader},
        )
        session.add(letter)
        session.commit()
        posting.deliver(send, LETTERHEAD, clock=lambda: NOW)
        session.expire_all()
        return letter

    return post


UNKNOWN = LetterRefused("550 5.1.1 không có hộp thư này")


def test_a_refused_address_is_known_with_the_servers_words(cast, post):
    post(cast.an, UNKNOWN)
    known = refused_addresses.of_persons([cast.an, cast.binh])
    assert known == {cast.an.id: Refusal(NOW, "550 5.1.1 không có hộp thư này")}


def test_a_letter_that_may_still_arrive_says_nothing_of_the_address(cast, post):
    post(cast.an, MailFailed("452 hộp thư đầy"))
    assert refused_addresses.of_persons([cast.an]) == {}


def test_a_later_letter_that_arrives_clears_the_address(cast, post):
    post(cast.an, UNKNOWN)
    post(cast.an)
    assert refused_addresses.of_persons([cast.an]) == {}


def test_a_corrected_address_is_clear_and_what_is_sent_again_goes_there(cast, post, session):
    letter = post(cast.an, UNKNOWN)
    cast.an.email = "an.moi@suoimay.example"
    posting.send_again(letter)
    session.commit()
    assert refused_addresses.of_persons([cast.an]) == {}
    assert letter.address == "an.moi@suoimay.example"


def test_a_unit_whose_only_mailbox_is_refused_counts_as_one_nobody_can_be_reached_at(cast, post, session):
    unit = cast.unit("Trạm Y tế", cast.commune)
    unit.email = "tramyte@suoimay.example"
    session.commit()
    assert is_reachable(unit.id, correspondents.people())
    post(unit, UNKNOWN)
    people = correspondents.people()
    assert not is_reachable(unit.id, people)
    assert people.mailboxes[unit.id].kind is RecipientKind.UNIT, "it is still written to"
    assert set(refused_addresses.of_units([unit])) == {unit.id}


def test_pages_show_it_at_the_person_and_at_the_unit(cast, post, session, log_in):
    cast.office.email = "vanphong@suoimay.example"
    post(cast.an, UNKNOWN)
    post(cast.office, UNKNOWN)
    sentence = (
        "bị từ chối lúc 18/6/2026 07:30: “550 5.1.1 không có hộp thư này”. Hãy kiểm tra và sửa địa chỉ."
    )
    admin = log_in(cast.admin)
    for address in (f"/users/{cast.an.id}", f"/units/{cast.office.id}"):
        assert sentence in admin.get(address).text
    for address in ("/users/", "/units/"):
        assert admin.get(address).text.count("bị từ chối") == 1
    assert sentence in log_in(cast.an).get("/account/").text
    assert "bị từ chối" not in log_in(cast.binh).get("/account/").text
