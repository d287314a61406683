"""Texts in fonts from before Unicode."""

import pytest

from tracker.plans.readers.old_fonts import CONVERTED, from_tcvn3, from_vni, in_unicode

LINE = "Quyết định của Ủy ban nhân dân tỉnh"
TCVN3 = "QuyÕt ®Þnh cña Ñy ban nh©n d©n tØnh".replace("Ñ", "ñ")
VNI = "Quyeát ñònh cuûa UÛy ban nhaân daân tænh"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (TCVN3, "Quyết định của ủy ban nhân dân tỉnh"),
        ("C«ng an x·, Së Y tÕ, t­ ph¸p", "Công an xã, Sở Y tế, tư pháp"),
        ("Nh÷ng ng­êi ®­îc giao; tr­íc ngµy 30/6", "Những người được giao; trước ngày 30/6"),
        ("Quý II/2026", "Quý II/2026"),
    ],
)
def test_tcvn3_becomes_unicode(text, meant):
    assert from_tcvn3(text) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (VNI, LINE),
        ("KEÁ HOAÏCH naêm 2026", "KẾ HOẠCH năm 2026"),
        ("Ñaëc khu, ñôn vò, nhöõng ngöôøi, thôøi haïn", "Đặc khu, đơn vị, những người, thời hạn"),
        ("Sôû Y teá, tö phaùp, quyù II", "Sở Y tế, tư pháp, quý II"),
    ],
)
def test_vni_becomes_unicode(text, meant):
    assert from_vni(text) == meant


@pytest.mark.parametrize(
    ("line", "font", "meant"),
    [(TCVN3, "TCVN3", "Quyết định của ủy ban nhân dân tỉnh"), (VNI, "VNI", LINE)],
)
def test_a_document_in_an_old_font_is_converted_and_that_is_noted(make_document, line, font, meant):
    document = in_unicode(make_document(*[line] * 8, [("TT", line), ("1", line)]))
    assert {paragraph.text for paragraph in document.paragraphs()} == {meant}
    assert [row.texts for table in document.tables() for row in table.rows] == [("TT", meant), ("1", meant)]
    assert document.notes == (CONVERTED.format(font=font),)


def test_unicode_stays_as_it_is_but_for_soft_hyphens(make_document):
    document = in_unicode(make_document(*[f"{LINE} © ® hoà to\u00adàn oá"] * 30))
    assert {paragraph.text for paragraph in document.paragraphs()} == {f"{LINE} © ® hoà toàn oá"}
    assert document.notes == ()
