"""A real Chromium against a real server on loopback; a console error or a foreign request fails the test."""

import os
import shutil
import threading
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect
from werkzeug.serving import make_server

from tracker.db import db

PATIENCE = 15_000  # milliseconds that a page may take on a machine with much else to do
expect.set_options(timeout=PATIENCE)
SIDEWAYS = "document.documentElement.scrollWidth - window.innerWidth"
# controls of a phone that a thumb could miss; those set aside for screen readers are not touched
SMALL = """[...document.querySelectorAll("button, a.btn, summary, select, input:not([type=hidden])")]
    .filter((e) => e.offsetHeight && e.offsetHeight < 44)
    .filter((e) => !e.closest("label, .form-check, .visually-hidden"))
    .map((e) => e.outerHTML.slice(0, 120))"""
# what axe looks for; in the dark theme the page is the same but for its colours
EVERYTHING = {"resultTypes": ["violations"], "preload": False}
COLOURS = {**EVERYTHING, "runOnly": ["color-contrast", "link-in-text-block"]}
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
WITHOUT = "no Chromium was found on this machine"


@pytest.fixture(scope="session", autouse=True)
def chromium():
    """Skip where there is no Chromium; REQUIRE_BROWSER=1 makes that a failure."""
    if CHROMIUM is None:
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail(WITHOUT)
        pytest.skip(WITHOUT)


@pytest.fixture(scope="session")
def browser_type_launch_args():
    """Debian's Chromium, as root, asking nobody outside for anything."""
    return {
        "executable_path": CHROMIUM,
        "args": [
            "--no-sandbox",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }


@pytest.fixture
def site(app):
    """The address of the application, served in threads of its own."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    address = f"http://127.0.0.1:{server.port}"
    app.config.update(BASE_URL=address, WTF_CSRF_ENABLED=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield address
    server.shutdown()
    thread.join()
    server.server_close()
    db.session.remove()


@pytest.fixture
def page(page):
    """The page of the browser; what must not happen on it is noted and fails the test at its end."""
    faults = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: None if _is_local(request.url) else faults.append(request.url))
    page.set_default_timeout(PATIENCE)
    yield page
    assert faults == []


def _is_local(address):
    parts = urlsplit(address)
    return parts.scheme in ("data", "blob", "about") or parts.hostname == "127.0.0.1"


@pytest.fixture
def enter(app, page, site):
    """Opens an address of the site as a person, in the given page where it is not the usual one."""

    def enter(person, address, page=page):
        signed = app.session_interface.get_signing_serializer(app)
        value = signed.dumps({"_user_id": person.get_id(), "_fresh": True})
        page.context.add_cookies([{"name": "session", "value": value, "url": site}])
        page.goto(f"{site}{address}")
        return page

    return enter


@pytest.fixture
def write(tmp_path):
    """A factory of text files by their names: what it writes is what the name says, or not."""

    def write(*names):
        paths = [tmp_path / name for name in names]
        for path in paths:
            path.write_text(f"Nội dung {path.name}", encoding="utf-8")
        return paths

    return write


def hard_to_read(page):
    """What of the opened page not everybody can read or hit, in both themes and widths; it is loaded once."""
    found = []
    page.evaluate(AXE_SCRIPT)
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 800})
        for theme, rules in (("light", EVERYTHING), ("dark", COLOURS)):
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            for violation in page.evaluate("(rules) => axe.run(rules)", rules)["violations"]:
                found.append((theme, width, violation["id"], [node["html"] for node in violation["nodes"]]))
        if page.evaluate(SIDEWAYS) > 0:
            found.append((width, "it runs out at the side"))
    small = page.evaluate(SMALL)
    page.set_viewport_size({"width": 1280, "height": 800})
    return found + [("too small for a thumb", html) for html in small]


@pytest.fixture
def read_by_all(page):
    """Opens a page: in both themes and widths axe finds nothing, nothing runs out, thumbs can hit."""

    def read(open_page):
        open_page()
        assert hard_to_read(page) == []

    return read
