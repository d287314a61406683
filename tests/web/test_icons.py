import re

import pytest

from tracker.paths import PACKAGE, resource
from tracker.web.filters import DEED_ICONS, FILE_ICONS
from tracker.web.icons import NAMES, PACKAGED, cut_sprite, icon

CALL = re.compile(r'icon\(\s*"([a-z0-9-]+)"')


def test_the_sprite_holds_only_the_icons_in_use_and_stays_small():
    sprite = cut_sprite(PACKAGED.read_text("utf-8")).decode()
    assert set(re.findall(r' id="([^"]+)"', sprite)) == NAMES
    assert len(sprite) < 60_000


def test_a_name_the_package_lacks_is_an_error():
    with pytest.raises(KeyError):
        cut_sprite("<svg></svg>", frozenset({"circle"}))


def test_an_icon_is_hidden_from_screen_readers_and_points_into_the_sprite(app):
    with app.test_request_context():
        drawn = icon("bell", 20, "wanting")
    assert 'aria-hidden="true"' in drawn
    assert 'class="icon wanting" width="20"' in drawn
    assert re.search(r'href="/icons\.svg\?v=[0-9a-f]{12}#bell"', drawn)


def test_an_unlisted_icon_is_refused_at_once(app):
    with app.test_request_context(), pytest.raises(KeyError, match="no-such-icon"):
        icon("no-such-icon")


def test_every_icon_the_templates_name_is_in_the_sprite():
    named = {
        name
        for page in resource("templates").rglob("*.html")
        for name in CALL.findall(page.read_text("utf-8"))
    }
    assert named | set(DEED_ICONS.values()) | set(FILE_ICONS.values()) <= NAMES


def test_the_sprite_is_served_to_be_kept_and_answers_304(app):
    client = app.test_client()
    first = client.get("/icons.svg")
    assert first.mimetype == "image/svg+xml"
    assert first.cache_control.max_age == 365 * 24 * 3600
    again = client.get("/icons.svg", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_nothing_of_the_packaged_sprite_is_copied_into_the_source():
    assert not [path for path in PACKAGE.rglob("*.svg") if "<symbol" in path.read_text("utf-8")]
