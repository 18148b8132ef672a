"""`bot local` as its user meets it: a page in a real browser, driven by its keyboard and mouse."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [  # a browser that asks nobody anything
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 60_000  # milliseconds; a slow machine parses the articles in some of them
SEEDS = Path(__file__).parent.parent / "seeds"

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")


@pytest.fixture(scope="module")
def link(tmp_path_factory):
    """Where a bot serves its page that has never read its articles."""
    data = tmp_path_factory.mktemp("data")
    command = [sys.executable, "-m", "bot", "local", "--no-open", "--seeds", str(SEEDS)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=SEEDS.parent, env={**os.environ, "DATA_DIR": str(data)}
    ) as bot:
        try:
            yield re.search(r"http://127\.0\.0\.1:\S+", bot.stdout.readline())[0]
        finally:
            bot.terminate()


@pytest.fixture
def page(link):
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(PATIENCE)
        page.goto(link)
        yield page
        browser.close()


def test_a_reader_picks_who_said_completes_a_name_and_reads_the_answer(page):
    page.get_by_text("Ask the articles").first.wait_for()
    page.get_by_placeholder("Message #briefings").click()
    page.keyboard.type("/who")
    page.get_by_role("option", name=re.compile("who-said")).first.click()
    page.keyboard.type("bel")
    page.get_by_role("option", name="Tom Bell").first.click()
    page.locator("#send-message").click()

    page.get_by_text("and we will not be bought.").first.wait_for()
    assert page.get_by_text("The Kelso Ledger · 4 Mar 2031").count()


def test_a_press_of_an_example_shows_its_answer(page):
    page.get_by_role("button", name="/summary", exact=True).first.click()

    page.get_by_text("passages, word for word").first.wait_for()
    assert page.get_by_text("Only you can see this").count()


def test_the_readers_commands_stand_before_the_moderators(page):
    page.get_by_placeholder("Message #briefings").click()
    page.keyboard.type("/")
    page.locator(".command-entry").first.wait_for()

    names = page.locator(".command-entry-title strong").all_inner_texts()
    assert names[:6] == ["/compare", "/help", "/positions", "/sources", "/summary", "/who-said"]
    assert all(name.startswith("/briefing ") for name in names[6:])


def test_an_option_is_completed_before_a_letter_is_typed(page):
    page.get_by_text("Ask the articles").first.wait_for()
    page.get_by_placeholder("Message #briefings").click()
    page.keyboard.type("/who")
    page.get_by_role("option", name=re.compile("who-said")).first.click()

    page.get_by_role("option", name="Antony Blinken").first.wait_for()
    assert not page.get_by_text("No options match").count()


def test_who_types_plain_text_is_told_how_to_begin(page):
    page.locator(".channel-message").first.wait_for()
    page.get_by_placeholder("Message #briefings").click()
    page.keyboard.type("Who said what?")
    page.locator("#send-message").click()

    page.locator(".channel-message").get_by_text("Type / to see the commands.", exact=True).wait_for()


def test_what_is_changed_in_the_pages_script_is_there_to_be_changed():
    preview = pytest.importorskip("simcord.preview", reason="simcord is not installed")
    from bot.local_script import CHANGES, SCRIPT

    script = (Path(preview.__file__).parent / "static" / SCRIPT.strip("/")).read_text("utf-8")

    assert [script.count(before) for before, _ in CHANGES] == [1, 1, 1]


def test_an_answer_comes_into_view_beginning_first(page):
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    page.get_by_placeholder("Message #briefings").click()
    page.keyboard.type("/sources")
    page.get_by_role("option", name=re.compile("^.?sources")).first.click()
    page.locator("#send-message").click()

    title = page.get_by_role("heading", name=re.compile("articles in 2 stories")).last
    playwright.expect(title).to_be_in_viewport()


def test_the_page_opens_at_the_newest_message(page):
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

    playwright.expect(page.locator(".channel-message").last).to_be_in_viewport()
