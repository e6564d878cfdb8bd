"""How an answer reads."""

from __future__ import annotations

import pytest

from bot.compliance.answers import SKIPPED, UNKNOWN, Answer, in_words, to_whom
from bot.knowledge import Question

OPTIONS = {"telephone": "Par téléphone", "en_ligne": "En ligne"}


def question(kind: str, **more: object) -> Question:
    return Question(id="q", ask="Q ?", label="Q", kind=kind, why="P.", sources=("loi",), **more)


@pytest.mark.parametrize(
    ("asked", "answer", "words"),
    [
        pytest.param(question("bool"), Answer.given(True), "Oui", id="yes"),
        pytest.param(question("bool"), Answer.given(False), "Non", id="no"),
        pytest.param(question("one", options=OPTIONS), Answer.given("en_ligne"), "En ligne", id="one"),
        pytest.param(
            question("many", options=OPTIONS),
            Answer.given(("telephone", "en_ligne")),
            "Par téléphone ; En ligne",
            id="many",
        ),
        pytest.param(question("one", options=OPTIONS), Answer.given("fax"), "fax", id="option since removed"),
        pytest.param(
            question("many", options=OPTIONS), Answer.given(("fax",)), "fax", id="options since removed"
        ),
        pytest.param(question("number", unit="patients"), Answer.given(1200), "1200 patients", id="unit"),
        pytest.param(
            question("number", unit="patients", unit_one="patient"), Answer.given(1), "1 patient", id="one"
        ),
        pytest.param(question("number"), Answer.given(0), "0", id="number without unit"),
        pytest.param(question("text"), Answer.given("Dr Durand"), "Dr Durand", id="text"),
        pytest.param(question("date"), Answer.given("2028-03-03"), "3 mars 2028", id="date"),
        pytest.param(question("date"), Answer.given("2027-08-01"), "1er août 2027", id="first of a month"),
        pytest.param(question("date"), Answer.given("mars 2028"), "mars 2028", id="no date"),
        pytest.param(question("text"), Answer.given("2028-03-03"), "2028-03-03", id="text like a date"),
        pytest.param(question("text"), UNKNOWN, "Je ne sais pas", id="unknown"),
        pytest.param(question("text"), SKIPPED, "Passée", id="skipped"),
        pytest.param(question("text"), None, "", id="none"),
    ],
)
def test_an_answer_reads_as_the_practitioner_gave_it(
    asked: Question, answer: Answer | None, words: str
) -> None:
    assert in_words(asked, answer) == words


@pytest.mark.parametrize(
    ("whom", "words"),
    [
        ("le service client", "au service client"),
        ("les services de l'ordre", "aux services de l'ordre"),
        ("la personne qui a créé le site", "à la personne qui a créé le site"),
        ("l'éditeur de votre agenda", "à l'éditeur de votre agenda"),
        ("votre comptable", "à votre comptable"),
        ("votre informaticien ou votre éditeur", "à votre informaticien ou à votre éditeur"),
        ("Léo, le stagiaire", "à Léo, le stagiaire"),
        ("lestage", "à lestage"),
    ],
)
def test_who_to_ask_is_contracted_with_its_article(whom: str, words: str) -> None:
    assert to_whom(whom) == words


@pytest.mark.parametrize(
    ("whom", "words"),
    [
        ("le promoteur ou le comptable", "au promoteur ou au comptable"),
        ("le promoteur ou votre directeur de thèse", "au promoteur ou à votre directeur de thèse"),
    ],
)
def test_each_of_two_persons_is_contracted(whom: str, words: str) -> None:
    assert to_whom(whom) == words


@pytest.mark.parametrize("answer", [UNKNOWN, SKIPPED], ids=["unknown", "skipped"])
def test_only_a_given_answer_is_known(answer: Answer) -> None:
    assert not answer.known and answer.value is None
    assert Answer.given(False).known and Answer.given(0).known
