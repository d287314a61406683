"""The pages of a PDF, or a photo, as pictures of a bounded size that hold nothing but what is seen."""

from pathlib import Path
from typing import BinaryIO

import pypdfium2
from PIL import Image, ImageOps

MOST_PAGES = 30
WIDTH, HEIGHT = 1240, 2400  # pixels; A4 at 150 dots an inch is 1240 wide
MOST_PIXELS = 100_000_000  # of a photo; phones take 50 million
PHOTOS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
PDF = "application/pdf"


def draw(stream: BinaryIO, media_type: str, folder: Path) -> int:
    """Draw what the file holds as «1.webp», «2.webp» in a folder, at most 30; how many pages it has.

    Raises ValueError, OSError or RuntimeError for what cannot be drawn.
    """
    if media_type == PDF:
        return _draw_pages(stream, folder)
    _draw_photo(stream, PHOTOS[media_type], folder)
    return 1


def _draw_pages(stream: BinaryIO, folder: Path) -> int:
    document = pypdfium2.PdfDocument(stream)
    for number in range(min(len(document), MOST_PAGES)):
        page = document[number]
        width, height = page.get_size()
        bitmap = page.render(scale=min(WIDTH / width, HEIGHT / height))
        _keep(bitmap.to_pil(), folder / f"{number + 1}.webp")
        page.close()
    return len(document)


def _draw_photo(stream: BinaryIO, form: str, folder: Path) -> None:
    with Image.open(stream, formats=[form]) as photo:
        if photo.width * photo.height > MOST_PIXELS:
            raise ValueError(f"{photo.width} x {photo.height} pixels")
        photo.draft("RGB", (WIDTH, HEIGHT))  # a large JPEG is decoded small
        photo.thumbnail((HEIGHT, HEIGHT))
        upright = ImageOps.exif_transpose(photo)
        upright.thumbnail((WIDTH, HEIGHT))
        _keep(upright, folder / "1.webp")


def _keep(picture: Image.Image, path: Path) -> None:
    """Keep the pixels alone, on white: where and with what a photo was taken is left behind."""
    bare = Image.new("RGB", picture.size, "white")
    letters = picture.convert("RGBA")
    bare.paste(letters, mask=letters)
    bare.save(path, "WEBP", quality=80)
