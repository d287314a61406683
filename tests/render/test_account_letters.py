"""The letters with a link to set a password; the golden files are the letters themselves."""

from datetime import UTC, datetime

import pytest

from tracker.render.account_letters import LinkLetter, link_letter

UNTIL = datetime(2026, 6, 25, 2, 0, tzinfo=UTC)
LINK = "https://dunghan.suoimay.example/links/f3-ZZ_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz"
SERVICE = "Đúng hạn, UBND xã Suối Mây"
LETTERS = {
    "invitation": LinkLetter(
        "Đinh Thị Lan",
        "lan",
        LINK,
        UNTIL,
        SERVICE,
        inviter="Đỗ Minh Quân",
        roles=("Chuyên viên, Phòng Kinh tế",),
    ),
    "forgotten": LinkLetter("Đinh Thị Lan", "lan", LINK, UNTIL, SERVICE),
}


@pytest.mark.parametrize("name", LETTERS)
@pytest.mark.parametrize(("part", "ending"), [("subject", "subject.txt"), ("text", "txt"), ("html", "html")])
def test_the_letter_reads_as_its_golden_file(golden, name, part, ending):
    golden(f"letters/{name}.{ending}", getattr(link_letter(LETTERS[name]), part) + "\n" * (part == "subject"))


def test_a_name_is_never_taken_for_html():
    letter = link_letter(LinkLetter("<b>x</b>", "lan", LINK, UNTIL, SERVICE))
    assert "<b>x</b>" not in letter.html
