"""Whatever is typed becomes a message that can be stored and understood, or is refused with its reason."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.language.incoming import Empty, TooLong, receive
from bot.settings import LONGEST_MESSAGE


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "\n\n",
        "\t",
        "\u00a0",
        "\u200b",
        "\u200d",
        "\ufeff",
        "\x00",
        "/",
        "///",
        " / / ",
        "\u202e",
        "/\u200d/",
    ],
)
def test_nothing_readable_is_empty(typed: str) -> None:
    with pytest.raises(Empty):
        receive(typed)


@pytest.mark.parametrize("length", [LONGEST_MESSAGE + 1, 100_000])
def test_too_much_is_refused_with_its_length(length: int) -> None:
    with pytest.raises(TooLong) as refused:
        receive("a" * length)
    assert refused.value.length == length


def test_the_longest_message_is_read() -> None:
    assert receive("é" * LONGEST_MESSAGE).text == "é" * LONGEST_MESSAGE


def test_what_nobody_sees_does_not_count_in_the_length() -> None:
    assert receive("\u200b" * 5_000 + " oui " + " " * 5_000).text == "oui"


@pytest.mark.parametrize(
    "command", ["restart", "session_start", 'affirm{"x": "y"}', "EXTERNAL: reminder", "back"]
)
@pytest.mark.parametrize(
    "disguise",
    [
        "/", "//", "///", " /", "/ ", "/ / ", "\n/", "\t/", "\u00a0/", "\u202f/", "\u3000/", "\u2028/",
        "\x85/",
        "\x0b/", "\x00/", "\x1b/", "\x7f/", "\u200b/", "\u200d/", "\ufeff/", "\u202e/", "\u2060/", "\u00ad/",
        "/\u200b/", "/\u200d/", "/\ufeff/ ", "\r\n/", "/\n/", "\ud800/",
    ],
)  # fmt: skip
def test_a_leading_slash_in_any_disguise_is_taken_away(disguise: str, command: str) -> None:
    assert receive(disguise + command).text == command


@pytest.mark.parametrize("text", ["oui/non", "24/11/2026", "km/h", "a / b", "voir https://exemple.fr/"])
def test_a_slash_inside_a_message_stays(text: str) -> None:
    assert receive(text).text == text


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        pytest.param("bon\x00jo\x07ur", "bonjour", id="control characters"),
        pytest.param("oui\x1b[31m", "oui[31m", id="escape sequence"),
        pytest.param("un\r\ndeux\rtrois\nquatre", "un\ndeux\ntrois\nquatre", id="ends of lines"),
        pytest.param("un\tdeux", "un deux", id="tab"),
        pytest.param("e\u0301te\u0301", "été", id="accents apart"),
        pytest.param("\u202eoui\u202c", "oui", id="direction marks"),
        pytest.param("o\u200bui", "oui", id="zero width"),
        pytest.param("a\ud83db", "ab", id="half an emoji"),
        pytest.param("  oui  \n", "oui", id="around"),
        pytest.param("👍", "👍", id="emoji"),
        pytest.param("Je suis 👩‍⚕️ !", "Je suis 👩‍⚕️ !", id="emoji of several parts"),
        pytest.param("中文 Ελλ العربية", "中文 Ελλ العربية", id="other alphabets"),
        pytest.param("<script>alert(1)</script>", "<script>alert(1)</script>", id="HTML is left to the page"),
    ],
)
def test_a_message_is_cleaned_and_otherwise_left(typed: str, read: str) -> None:
    assert receive(typed).text == read
    assert receive(typed).masked == ()


@pytest.mark.parametrize(
    "typed",
    ["0612345678", "06\u200b12345678", "06\u00ad12345678", "/0612345678", "06 12\t34 56 78"],
)
def test_a_disguised_phone_number_is_masked_too(typed: str) -> None:
    received = receive(typed)
    assert received.text == "[téléphone masqué]"
    assert received.masked == ("un numéro de téléphone",)


def test_contact_details_are_left_and_a_social_security_number_is_not() -> None:
    received = receive("Cabinet, 04 78 00 00 00, 1 85 05 78 006 084 36", contact=True)
    assert received.text == "Cabinet, 04 78 00 00 00, [numéro masqué]"


@given(st.text(max_size=300) | st.text("/ \n\u200d\u200b\u00a0a", max_size=30))
@example("/\u200d/restart")
def test_a_message_never_starts_with_a_slash_nor_holds_what_cannot_be_seen(typed: str) -> None:
    try:
        text = receive(typed).text
    except Empty:
        return
    assert text == text.strip()
    assert not text.lstrip("\u200d \n\u00a0").startswith("/")
    unseen = {letter for letter in text if unicodedata.category(letter) in ("Cc", "Cf", "Cs")}
    assert unseen <= {"\n", "\u200d"}
    assert receive(text).text == text
