"""A desk in a real browser: headless Chromium, driven through chromedriver.

Where there is none, these tests are skipped and say so.
"""

import os
import shutil
import tempfile

import desk_house
import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select, WebDriverWait

CHROMIUM = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
DRIVER = shutil.which("chromedriver")
FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync "
    "--disable-dev-shm-usage --window-size=1280,900 --lang=en"
)
PATIENCE = 30
"""Seconds to wait for what a page must come to show; a busy machine is slow."""


class Browsing:
    """Somebody at a browser: finds things by what they are called, and waits for what must come."""

    def __init__(self, driver):
        self.driver = driver
        self.house = None

    def visit(self, path):
        self.driver.get(self.house.url + path)

    def sign_in(self, name, password=None):
        self.visit("/sign-in")
        self.type("name", name)
        self.type("password", self.house.passwords[name] if password is None else password)
        self.press("Sign in")

    def forget(self):
        """Begin without cookies, as another person would."""
        self.driver.execute_cdp_cmd("Network.clearBrowserCookies", {})

    def see(self, words, within="body"):
        """Wait until a part of the page shows the words."""
        self.wait(lambda: words in self.text(within), f"{words!r} in {within}")

    def see_no(self, words, within="body"):
        self.wait(lambda: words not in self.text(within), f"no {words!r} in {within}")

    def text(self, within="body"):
        said = "return document.querySelector(arguments[0])?.innerText ?? ''"
        return self.driver.execute_script(said, within)

    def find(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector):
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def read(self, selector, what):
        """What a script says of each element, `it`, in one look: lines are replaced at any time."""
        said = f"return [...document.querySelectorAll(arguments[0])].map((it) => {what})"
        return self.driver.execute_script(said, selector)

    def click(self, selector):
        """Press the first of these elements, in one step likewise."""
        self.driver.execute_script("document.querySelector(arguments[0]).click()", selector)

    def type(self, name, words):
        """Write into the field of that id, in place of what stands there."""
        self.wait(lambda: self.all(f"#{name}"), f"a field {name}")
        field = self.find(f"#{name}")
        field.clear()
        field.send_keys(words)

    def set(self, name, value):
        """Give a field of dates its value, whatever the browser's own way to write dates is."""
        said = "document.getElementById(arguments[0]).value = arguments[1]"
        self.wait(lambda: self.all(f"#{name}"), f"a field {name}")
        self.driver.execute_script(said, name, value)

    def choose(self, name, value):
        self.wait(lambda: self.all(f"#{name} option[value='{value}']"), f"{value} in {name}")
        Select(self.find(f"#{name}")).select_by_value(value)

    def press(self, words, within="body"):
        """Press the button of that name, and wait for the page that comes."""
        button = next(it for it in self.all(f"{within} button") if it.text == words)
        self.driver.execute_script("window.before = true")
        button.click()
        self.wait(
            lambda: (
                not self.driver.execute_script("return window.before")
                and self.driver.execute_script("return document.readyState") == "complete"
            ),
            f"the page after {words!r}",
        )

    def wait(self, until, what):
        WebDriverWait(self.driver, PATIENCE, 0.05).until(
            lambda _: until(), message=f"The page does not show {what}."
        )


@pytest.fixture(scope="session")
def driver():
    if CHROMIUM is None or DRIVER is None:
        pytest.skip("no Chromium: install chromium and chromium-driver to run the browser tests")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        options = webdriver.ChromeOptions()
        options.binary_location = CHROMIUM
        for flag in FLAGS.split():
            options.add_argument(flag)
        options.add_argument(f"--user-data-dir={profile}")
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        service = webdriver.ChromeService(DRIVER, env={**os.environ, "LANGUAGE": "en"})
        opened = webdriver.Chrome(options, service)
        yield opened
        opened.quit()


@pytest.fixture
def house(request, tmp_path):
    """A desk whose open pages ask for what is new every second, or as a test says."""
    served = desk_house.House(tmp_path, ticking=True, refresh=getattr(request, "param", 1))
    yield served
    served.close()


@pytest.fixture
def at_the_browser(driver, house):
    somebody = Browsing(driver)
    somebody.forget()
    driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    driver.get_log("browser")
    somebody.house = house
    yield somebody
    said = [entry["message"] for entry in driver.get_log("browser")]
    driver.get("about:blank")
    # A refusal (403, 409, 422) is told there too; what our pages break would be told otherwise.
    broken = [it for it in said if "Failed to load resource" not in it]
    assert not broken, "The browser complains."
