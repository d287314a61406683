"""Takes the pictures of the six main pages that README.md shows, from a fresh demo.

.venv/bin/python tests/screens/make.py
"""

import io
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import replace
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from tracker import clock
from tracker.demo.commune import PASSWORD
from tracker.demo.documents import REFORM, write

FOLDER = Path(__file__).parent
SIZE = {"width": 1280, "height": 860}
COLOURS = 128  # enough for pages of flat colours, in a quarter of the bytes
PAGES = {
    "nhiem-vu": ("an", "/assignments/"),
    "phan-cong": ("an", "/assignments/ >> main a[href*='/assignments/']"),
    "cho-xu-ly": ("chi", "/reviewing/"),
    "nhap": ("chi", "/plans/ >> upload"),
    "bang": ("dung", "/board/"),
    "lich": ("an", "/feeds/"),
}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(site: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{site}/login").close()
            return
        except OSError:
            time.sleep(0.5)
    raise SystemExit("the demo did not start")


def take(browser: Browser, site: str, name: str, person: str, address: str) -> None:
    page = browser.new_page(viewport=SIZE)
    page.goto(f"{site}/login")
    page.fill("#username", person)
    page.fill("#password", PASSWORD)
    page.click("button.btn-primary")
    path, _, deed = address.partition(" >> ")
    page.goto(site + path)
    if deed == "upload":
        plan = write(replace(REFORM, number="77/KH-UBND"), clock.today())
        page.set_input_files("#file", {"name": "Ke hoach 77.docx", "mimeType": "", "buffer": plan})
        page.click("text=Tải lên")
        page.wait_for_url("**/plans/imports/*")
    elif deed:
        page.locator(deed).first.click()
        page.wait_for_load_state()
    picture = Image.open(io.BytesIO(page.screenshot()))
    picture.convert("RGB").quantize(COLOURS).save(FOLDER / f"{name}.png", optimize=True)
    page.close()


def main() -> None:
    port = free_port()
    site = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as instance:
        command = [sys.executable, "-m", "tracker", "demo", "--port", str(port)]
        demo = subprocess.Popen(command, env={**os.environ, "TRACKER_INSTANCE": instance})
        try:
            wait_for(site)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(
                    executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-dev-shm-usage"]
                )
                for name, (person, address) in PAGES.items():
                    take(browser, site, name, person, address)
        finally:
            demo.send_signal(signal.SIGINT)
            demo.wait()


if __name__ == "__main__":
    main()
