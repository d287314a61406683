"""Pictures of strangers' files: bounded, bare of what a photo tells about its taker, and never harmful."""

import io

import pytest
from PIL import Image

from tracker.confinement import Limits
from tracker.render.previews import drawing
from tracker.render.previews.sandbox import NotDrawn, draw_safely


def pdf(pages=1, size=(600, 850)):
    stream = io.BytesIO()
    sheets = [Image.new("RGB", size, "white") for _ in range(pages)]
    sheets[0].save(stream, "PDF", save_all=True, append_images=sheets[1:])
    return stream.getvalue()


def photo(size=(3000, 2000), form="JPEG", **words):
    stream = io.BytesIO()
    Image.new("RGB", size, "green").save(stream, form, **words)
    return stream.getvalue()


@pytest.fixture
def draw(tmp_path):
    """Draw these bytes as a file of a type; the number of pages, and the pictures."""

    def draw(content, media_type, **words):
        path, folder = tmp_path / "file", tmp_path / "pictures"
        path.write_bytes(content)
        folder.mkdir(exist_ok=True)
        pages = draw_safely(path, media_type, folder, **words)
        return pages, [Image.open(picture) for picture in sorted(folder.iterdir())]

    return draw


def test_each_page_of_a_pdf_becomes_a_picture(draw):
    pages, pictures = draw(pdf(pages=3), "application/pdf")
    assert pages == 3
    assert [picture.format for picture in pictures] == ["WEBP"] * 3
    assert {picture.width - drawing.WIDTH for picture in pictures} <= {0, 1}  # a part of a pixel is a pixel


def test_of_a_long_pdf_the_first_pages_are_drawn(draw):
    pages, pictures = draw(pdf(pages=drawing.MOST_PAGES + 2, size=(60, 85)), "application/pdf")
    assert (pages, len(pictures)) == (drawing.MOST_PAGES + 2, drawing.MOST_PAGES)


def test_a_page_of_any_shape_stays_within_bounds(draw):
    _, [strip] = draw(pdf(size=(10, 6000)), "application/pdf")
    assert strip.height <= drawing.HEIGHT + 1


def test_a_photo_is_upright_bounded_and_does_not_tell_where_it_was_taken(draw):
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned
    exif[0x010F] = "A camera"
    exif.get_ifd(0x8825)[1] = "N"  # where it was
    _, [picture] = draw(photo(exif=exif), "image/jpeg")
    assert picture.width < picture.height <= drawing.HEIGHT
    assert dict(picture.getexif()) == {}
    assert "exif" not in picture.info


def test_what_is_transparent_stands_on_white(draw):
    stream = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(stream, "PNG")
    _, [picture] = draw(stream.getvalue(), "image/png")
    assert picture.convert("RGB").getpixel((10, 10)) == (255, 255, 255)


HOSTILE = {
    "no pdf": (b"%PDF-1.7 nothing", "application/pdf"),
    "a pdf cut short": (pdf()[:200], "application/pdf"),
    "a photo cut short": (photo()[:300], "image/jpeg"),
    "another kind than it says": (photo(form="PNG"), "image/jpeg"),
    "more pixels than memory": (photo(size=(20_000, 20_000), form="PNG"), "image/png"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_what_cannot_be_drawn_is_not_drawn(case, draw):
    content, media_type = HOSTILE[case]
    with pytest.raises(NotDrawn):
        draw(content, media_type)


def test_drawing_ends_where_its_time_is_over(draw):
    with pytest.raises(NotDrawn):
        draw(pdf(), "application/pdf", limits=Limits(time=0.01))


def test_drawing_ends_where_its_memory_is_over(draw):
    with pytest.raises(NotDrawn):
        draw(pdf(), "application/pdf", limits=Limits(memory=30_000_000))
