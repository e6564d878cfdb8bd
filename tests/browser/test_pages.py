"""The pages beside the conversation, on a phone."""

from __future__ import annotations

from collections.abc import Callable

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.browser.conftest import Server


def test_on_a_phone_the_menu_leads_on_from_the_keyboard(
    server: Server, open_browser: Callable[[], webdriver.Chrome]
) -> None:
    browser = open_browser()
    metrics = {"width": 390, "height": 800, "deviceScaleFactor": 1, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    browser.get(f"{server.url}/mesures")
    shown = [link for link in browser.find_elements(By.CSS_SELECTOR, "header nav a") if link.is_displayed()]
    assert shown == [] and browser.execute_script("return document.documentElement.scrollWidth") == 390
    # The way past the header, the brand, the menu.
    webdriver.ActionChains(browser).send_keys(Keys.TAB * 3, Keys.ENTER).perform()
    shown = [link for link in browser.find_elements(By.CSS_SELECTOR, "header nav a") if link.is_displayed()]
    assert len(shown) == 9
    assert [link.text for link in shown if link.get_attribute("aria-current")] == ["Mesures"]
    webdriver.ActionChains(browser).send_keys(Keys.TAB * 7, Keys.ENTER).perform()
    assert browser.current_url == f"{server.url}/demandes"
