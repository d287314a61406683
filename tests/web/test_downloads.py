"""Files to be saved: their names in Vietnamese, and in plain letters for programs that know no others."""

import io

import pytest
from werkzeug.http import parse_options_header

from tracker.web.downloads import attachment, plain


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Công văn đôn đốc.docx", "Cong van don doc.docx"),
        ("Đơn vị cần đôn đốc.xlsx", "Don vi can don doc.xlsx"),
        ("Kế hoạch 41-KH-UBND.xlsx", "Ke hoach 41-KH-UBND.xlsx"),
        ("bang-ke.pdf", "bang-ke.pdf"),
    ],
)
def test_a_name_in_plain_letters(name, expected):
    assert plain(name) == expected


@pytest.mark.parametrize("name", ["Đơn vị.xlsx", 'Biên bản "lần 1"; đã ký.pdf', "bang-ke.pdf"])
def test_a_file_is_saved_under_its_own_name(app, name):
    with app.test_request_context():
        answer = attachment(io.BytesIO(b"x"), "application/pdf", name)
    kind, options = parse_options_header(answer.headers["Content-Disposition"])
    assert (kind, options["filename"]) == ("attachment", name)
