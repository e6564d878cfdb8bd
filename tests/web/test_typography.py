"""French punctuation stays with its word, and what comes back from a form is plain."""

from __future__ import annotations

import re

import pytest
from jinja2 import Environment
from markupsafe import Markup

from bot.assistant import Reply
from bot.web.typography import install, keep_together, plain
from tests.web.conftest import Browser

B = "\u00a0"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Oui ?", f"Oui{B}?"),
        ("voici : rien ; tout !", f"voici{B}: rien{B}; tout{B}!"),
        ("le « registre » est", f"le «{B}registre{B}» est"),
        ("(« DPO »).", f"(«{B}DPO{B}»)."),
        ("« Est-ce exact ? »", f"«{B}Est-ce exact{B}?{B}»"),
        ("a != b", "a != b"),
        ("à 10:30", "à 10:30"),
        ("a :id", "a :id"),
        ("rien", "rien"),
        ("", ""),
    ],
)
def test_the_spaces_of_french_punctuation_do_not_break(written: str, shown: str) -> None:
    assert keep_together(written) == shown
    assert plain(shown) == written


def test_templates_write_it_whatever_comes_from_the_code_or_from_themselves() -> None:
    templates = Environment(autoescape=True)
    install(templates)
    source = (
        '<p title="a : b" class="{{ "x" if a != 1 else "y" }}">{{ word }} : « {{ word }} » '
        "{% if a %}vu ?{% endif %}</p>{{ html }}{{ count }}"
    )
    html = templates.from_string(source).render(a=2, word="<b> !", html=Markup("<b>Oui ?</b>"), count=3)
    assert html == (
        f'<p title="a : b" class="x">&lt;b&gt;{B}!{B}: «{B}&lt;b&gt;{B}!{B}» vu{B}?</p><b>Oui{B}?</b>3'
    )


@pytest.mark.parametrize("path", ["/", "/registre", "/mesures", "/reponses", "/confidentialite", "/effacer"])
async def test_no_page_leaves_a_mark_alone(browser: Browser, path: str) -> None:
    browser.assistant.next = [Reply("Voici : « rien ». Est-ce exact ?")]
    page = await browser.open(path)
    texts = re.sub(r"<[^>]*>", "", page)
    assert re.findall(r"\w [:;?!»](?=\s|$)|« \w", texts) == []


async def test_what_is_typed_in_a_field_stays_as_it_was_typed(browser: Browser) -> None:
    await browser.open()
    await browser.say(text=f"Est-ce{B}vrai{B}?")
    assert browser.last_heard == "Est-ce vrai ?"
