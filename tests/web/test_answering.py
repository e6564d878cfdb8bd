"""Questions as fields of a form: what was shown comes back as it was, each answer is read as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from multidict import MultiDict

from bot.compliance.answers import SKIPPED, UNKNOWN, Answer
from bot.knowledge.model import Kind, Question
from bot.web import texts
from bot.web.answering import Field, refused, take
from bot.web.decisions import Wrong
from bot.web.typography import keep_together

OPTIONS = {"un": "Le premier", "deux": "Le second", "aucun": "Ni l'un ni l'autre"}


def question(kind: Kind, none: str = "") -> Question:
    options = OPTIONS if kind in ("one", "many") else {}
    return Question("q", "Et cela ?", "Cela", kind, "Pour voir.", ("loi",), options=options, none=none)


def form(*values: str, **more: str) -> MultiDict[str]:
    return MultiDict([*(("q", value) for value in values), *((name, value) for name, value in more.items())])


#: Texts that a practice may have recorded: lines that are neither empty nor padded.
LINE = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1).map(str.strip).filter(bool)
RECORDED = st.lists(LINE, min_size=1, max_size=6).map("\n".join)


@given(RECORDED, st.booleans())
def test_a_text_that_comes_back_as_it_was_shown_is_the_same_answer(text: str, proposed: bool) -> None:
    answer = Answer.given(text)
    field = Field(question("text"), None if proposed else answer, answer if proposed else None)
    # The page joins what belongs together, and a browser ends lines in its own way.
    sent = keep_together(field.text).replace("\n", "\r\n")
    assert field.read(form(sent)) == (answer, ())


@given(st.sampled_from([None, UNKNOWN, SKIPPED]), st.booleans())
def test_without_an_answer_the_proposal_stands_and_is_confirmed_as_it_is(
    answer: Answer | None, unknown: bool
) -> None:
    proposal = Answer.given("Proposé :\ndeux lignes")
    field = Field(question("text"), answer, proposal)
    assert field.text == proposal.value and field.unknown == (answer == UNKNOWN)
    more = {"q.inconnu": "1"} if unknown else {}
    assert field.read(form("Proposé :\r\ndeux lignes", **more)) == (UNKNOWN if unknown else proposal, ())


@pytest.mark.parametrize("text", ["", "  ", "\r\n\r\n"])
def test_an_empty_text_leaves_the_question_open(text: str) -> None:
    assert Field(question("text"), Answer.given("Avant")).read(form(text)) == (None, ())


def test_a_form_without_the_question_changes_nothing() -> None:
    answer = Answer.given("Avant")
    assert Field(question("text"), answer).read(form()) == (answer, ())
    assert Field(question("text"), None, answer).read(form()) == (None, ())


@pytest.mark.parametrize(
    ("kind", "none", "values", "expected"),
    [
        ("bool", "", ["oui"], Answer.given(True)),
        ("bool", "", ["non"], Answer.given(False)),
        ("bool", "", ["?"], UNKNOWN),
        ("bool", "", [], None),
        ("one", "", ["deux"], Answer.given("deux")),
        ("one", "", ["?"], UNKNOWN),
        ("one", "", [], None),
        ("many", "", ["deux", "un"], Answer.given(("un", "deux"))),
        ("many", "", ["deux", "deux"], Answer.given(("deux",))),
        ("many", "aucun", ["aucun"], Answer.given(("aucun",))),
        ("many", "", ["?"], UNKNOWN),
        ("many", "", [], None),
    ],
)
def test_a_choice_is_read_for_what_it_is(
    kind: Kind, none: str, values: list[str], expected: Answer | None
) -> None:
    assert Field(question(kind, none)).read(form(*values)) == (expected, ())


@pytest.mark.parametrize("kind", ["bool", "one"])
def test_what_is_not_chosen_again_stays(kind: Kind) -> None:
    answer = Answer.given(True if kind == "bool" else "un")
    assert Field(question(kind), answer).read(form()) == (answer, ())


@pytest.mark.parametrize(
    ("kind", "none", "values", "sentence"),
    [
        ("bool", "", ["oui", "non"], texts.ONE_CHOICE),
        ("bool", "", ["peut-être"], texts.WRONG_CHOICE),
        ("one", "", ["un", "deux"], texts.ONE_CHOICE),
        ("one", "", ["un", "?"], texts.exclusive("Je ne sais pas")),
        ("many", "", ["trois"], texts.WRONG_CHOICE),
        ("many", "", ["un", "?"], texts.exclusive("Je ne sais pas")),
        ("many", "aucun", ["un", "aucun"], texts.exclusive("Ni l'un ni l'autre")),
    ],
)
def test_a_choice_that_cannot_be_taken_says_why_and_is_shown_again(
    kind: Kind, none: str, values: list[str], sentence: str
) -> None:
    field, sent = Field(question(kind, none)), form(*values)
    with pytest.raises(Wrong, match=r".+") as wrong:
        field.read(sent)
    assert str(wrong.value) == sentence
    again = refused(field, sent, {"q": sentence})
    assert set(again.chosen) | ({"?"} if again.unknown else set()) == set(values)


def test_taking_all_away_from_a_list_is_not_an_answer() -> None:
    for field in (
        Field(question("many"), Answer.given(("un",))),
        Field(question("many"), None, Answer.given(("un",))),
        Field(question("many"), UNKNOWN),
    ):
        with pytest.raises(Wrong, match="au moins une réponse"):
            field.read(form())


def test_what_cannot_be_taken_does_not_keep_the_rest_from_it() -> None:
    text = Field(question("text"))
    taken = take([text, Field(Question("r", "?", "R", "one", "!", ("loi",), options=OPTIONS))],
                 MultiDict([("q", "Vu avec Mme Martin"), ("r", "un"), ("r", "deux")]))  # fmt: skip
    assert taken.answers == {"q": Answer.given("Vu avec Mme [nom masqué]")}
    assert taken.mistakes == {"r": texts.ONE_CHOICE} and taken.masked


@pytest.mark.parametrize("lines", [["x" * 2_001], ["\u200b"], ["a" * 1_500] * 5])
def test_a_text_that_cannot_be_kept_is_refused(lines: list[str]) -> None:
    with pytest.raises(Wrong, match=r".+"):
        Field(question("text")).read(form("\n".join(lines)))
