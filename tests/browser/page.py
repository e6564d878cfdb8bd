"""A page of Vigie as a person sees and uses it."""

from __future__ import annotations

from collections.abc import Callable

from selenium import webdriver
from selenium.common.exceptions import TimeoutException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.expected_conditions import staleness_of
from selenium.webdriver.support.ui import WebDriverWait

SECONDS = 30
Browser = Callable[[], webdriver.Chrome]
#: What a question that is answered in words begins with → an answer that it takes; others take any.
TYPED = {"De combien de temps": "6 mois", "Combien": "3", "Jusqu'à quelle date": "le 31 mars 2028"}


class Page:
    """The chat as a person sees it."""

    def __init__(self, browser: webdriver.Chrome, url: str) -> None:
        self.browser, self.url = browser, url
        browser.get(url)

    def until(self, holds: Callable[[], object], what: str) -> None:
        try:
            WebDriverWait(self.browser, SECONDS, ignored_exceptions=(Exception,)).until(lambda _: holds())
        except TimeoutException:
            raise AssertionError(f"never: {what}\n{self.text('body')[-800:]}") from None

    def texts(self, selector: str) -> list[str]:
        """What is read in each such place: in one step, since the page may change between two."""
        script = "return [...document.querySelectorAll(arguments[0])].map(e => e.innerText.trim())"
        return [text.replace("\xa0", " ") for text in self.browser.execute_script(script, selector)]

    def text(self, selector: str) -> str:
        found = self.texts(selector)
        assert found, f"nothing is « {selector} »"
        return found[0]

    @property
    def last(self) -> int:
        """The number of the last message."""
        return int(self.browser.execute_script("return document.getElementById('log').dataset.last || 0"))

    @property
    def question(self) -> str:
        """The last thing that Vigie said."""
        return "".join(self.texts("#log .message.vigie")[-1:])

    def _then(self, act: Callable[[], object]) -> str:
        before = self.last
        act()
        self.until(lambda: self.last > before, "an answer")
        return self.question

    def type(self, text: str) -> str:
        field = self.browser.find_element(By.ID, "text")
        return self._then(lambda: field.send_keys(text, Keys.ENTER))

    def press(self, title: str) -> str:
        """Press the button of that title, or of that beginning."""
        titles = self.texts("main button")
        place = next((place for place, text in enumerate(titles) if text.startswith(title)), None)
        assert place is not None, f"no button « {title} » in {titles}"
        button = self.browser.find_elements(By.CSS_SELECTOR, "main button")[place]
        return self._then(lambda: self.click(button))

    def click(self, element: WebElement) -> None:
        """Bring it clear of the composer, as a person scrolls, and click it."""
        self.browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        element.click()

    def follow(self, element: WebElement) -> None:
        """Click what loads another page, and wait for it: what is opened meanwhile would be lost."""
        self.click(element)
        self.until(lambda: staleness_of(element)(self.browser), "another page")
        self.until(
            lambda: self.browser.execute_script("return document.readyState") == "complete", "a whole page"
        )

    def tick(self, *titles: str) -> str:
        for label in self.browser.find_elements(By.CSS_SELECTOR, "#choices label"):
            box = label.find_element(By.TAG_NAME, "input")
            if box.is_selected() != any(title in label.text for title in titles):
                self.click(label)
        return self.press("Valider")

    def first_answer(self) -> None:
        """Answer whatever is asked, as someone in a hurry would."""
        boxes = self.browser.find_elements(By.CSS_SELECTOR, "#choices label")
        options = self.browser.find_elements(By.CSS_SELECTOR, "#choices .option")
        if boxes:
            self.tick(boxes[0].text)
        elif options:
            self._then(lambda: self.click(options[0]))
        else:
            self.type(
                next((words for asked, words in TYPED.items() if asked in self.question), "Dupont Services")
            )
