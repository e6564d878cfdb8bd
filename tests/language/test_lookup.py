"""What a text names is found where it stands, through typos, and as the text says it: so, or not so."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.lookup import Lookup, clauses, joined, mentions, split
from bot.language.normal import normal, wordings

NAMES = {
    "secretaire": ["secretaire", "une secretaire"],
    "stagiaire": ["stagiaire", "des stagiaires"],
    "assistant": ["assistant", "assistante"],
    "rendez_vous": ["rendez vous en ligne", "doctolib"],
    "information": ["formation"],
    "papier": ["sur papier"],
    "les_deux": ["papier et ordinateur"],
    "dix": ["10 ans"],
    "deux": ["2 ans"],
    "mois": ["une fois par mois"],
    "accueil": ["accueil"],
    "rien": [],
}


def found(text: str, usual: tuple[str, ...] = ()) -> list[tuple[str, bool]]:
    return [(one.key, one.denied) for one in mentions(text, NAMES, usual=usual)]


# --- Nearest wordings -------------------------------------------------------------------------------

FAQ = Lookup(
    {
        "dpo": ["Qu'est-ce qu'un DPO ?", "délégué à la protection des données"],
        "registre": ["À quoi sert le registre ?", "registre des traitements"],
        "duree": ["Combien de temps garder un dossier ?"],
        "empty": ["", "…"],
    }
)


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("c'est quoi un dpo", "dpo"),
        ("deleguer a la protection des donnés", "dpo"),
        ("le registre ça sert à quoi", "registre"),
        ("regitre", "registre"),
        ("combien de temps je garde les dossiers", "duree"),
    ],
)
def test_the_nearest_wording_comes_first(text: str, nearest: str) -> None:
    assert FAQ.search(text)[0][0] == nearest


def test_the_same_words_are_wholly_alike_whatever_their_accents_and_capitals() -> None:
    key, likeness = FAQ.search("REGISTRE des Traitements !", k=1)[0]
    assert (key, round(likeness, 6)) == ("registre", 1.0)


def test_each_thing_is_found_once_best_first_and_no_more_than_asked_for() -> None:
    near = FAQ.search("le registre des données du DPO et du dossier", k=10)
    assert len({key for key, _ in near}) == len(near)
    assert all(first >= second for (_, first), (_, second) in pairwise(near))
    assert FAQ.search("le registre des données du DPO et du dossier", k=1) == near[:1]


def test_of_two_equals_the_one_given_first_comes_first() -> None:
    assert Lookup({"b": ["pareil"], "a": ["pareil"]}).search("pareil")[0][0] == "b"


@pytest.mark.parametrize("text", ["", "  ", "?!", "…", "漢字", "zzz"])
def test_what_has_nothing_in_common_finds_nothing(text: str) -> None:
    assert FAQ.search(text) == []
    assert Lookup({}).search(text) == [] and Lookup({"a": [""]}).search(text) == []


# --- Words and clauses ------------------------------------------------------------------------------


def test_words_know_where_they_stand_in_the_text() -> None:
    text = "C'est l'Œuvre, à côté"
    assert [(word.text, text[word.start : word.end]) for word in split(text)] == [
        ("c", "C"),
        ("est", "est"),
        ("l", "l"),
        ("oeuvre", "Œuvre"),
        ("a", "à"),
        ("cote", "côté"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("une secrétaire, un assistant", ["une secretaire", "un assistant"]),
        ("pas de fax mais un mail", ["pas de fax", "mais un mail"]),
        ("oui. Non ? Si", ["oui", "non", "si"]),
        ("doctolib.fr et v2.0", ["doctolib fr et v2 0"]),
        ("mi-temps - le lundi", ["mi temps", "le lundi"]),
        ("papier + ordi", ["papier", "ordi"]),
        ("Kiné+4000 et/ou", ["kine 4000 et ou"]),
        ("un\ndeux", ["un", "deux"]),
        ("mais oui", ["mais oui"]),
        ("...", []),
        ("", []),
    ],
)
def test_a_text_is_cut_into_clauses(text: str, expected: list[str]) -> None:
    assert [joined(clause) for clause in clauses(text)] == expected


# --- Mentions ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("une secrétaire", [("secretaire", False)]),
        ("les secrétaires et les assistantes", [("secretaire", False), ("assistant", False)]),
        ("SECRETAIRE", [("secretaire", False)]),
        ("secrétair", [("secretaire", False)]),
        ("la sécretaire", [("secretaire", False)]),
        ("stagaire", [("stagiaire", False)]),
        ("docto lib", [("rendez_vous", False)]),
        ("doctolibe", [("rendez_vous", False)]),
        ("l'acceuil", [("accueil", False)]),
        ("papier", [("papier", False)]),
        ("du papier et un ordinateur", [("les_deux", False)]),
        ("de l'ordinateur et du papier", [("les_deux", False)]),
        ("10 ans", [("dix", False)]),
        ("rien", []),
        ("", []),
        ("?", []),
    ],
)
def test_what_is_named_is_found(text: str, expected: list[tuple[str, bool]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("une information", id="another first letter"),
        pytest.param("12 ans", id="figures are not misspelt"),
        pytest.param("20 ans", id="nor cut"),
        pytest.param("une fois par semaine", id="each word has to be alike"),
        pytest.param("une fois par", id="nor may a word be missing"),
        pytest.param("je range le papier dans un grand tiroir fermé", id="a bare word in a long clause"),
        pytest.param("stage", id="too far away"),
    ],
)
def test_what_only_resembles_is_not_found(text: str) -> None:
    assert found(text) == []


def test_a_usual_word_is_not_taken_for_a_misspelling() -> None:
    assert found("formations") == [("information", False)]
    assert found("formatios") == [("information", False)]
    assert found("formatios", usual=("formatios",)) == []


def test_no_usual_word_of_the_lexicon_is_an_option_that_is_misspelt() -> None:
    names = {"secretariat": ["secretariat"], "messageries": ["messageries"], "clinic": ["cliniques"]}
    usual = wordings("mots_courants")
    assert {word for word in usual if mentions(word, names, usual=usual)} <= {"messagerie", "clinique"}


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("pas de secrétaire", True), ("plus de secrétaire", True), ("je n'ai pas de secrétaire", True),
        ("on n'a plus de secrétaire", True), ("sans secrétaire", True), ("jamais de secrétaire", True),
        ("aucune secrétaire", True), ("la secrétaire est partie", True), ("secrétaire : non", True),
        ("secrétaire, je n'en ai plus", True), ("secrétaire non plus", True), ("ni secrétaire", True),
        ("avant on avait une secrétaire", True), ("au lieu de la secrétaire", True),
        ("une secrétaire", False), ("en plus de la secrétaire", False), ("de plus, une secrétaire", False),
        ("non, une secrétaire", False), ("pas de soucis, une secrétaire", False), ("plus de 20 secrétaires", False),
        ("une secrétaire qui n'est pas là le lundi", False), ("secrétaire, oui", False), ("pas mal de travail, une secrétaire", False),
        ("pas seulement une secrétaire", False), ("une secrétaire, pas plus", False),
    ],
)  # fmt: skip
def test_what_is_denied_is_told_from_what_is_said(text: str, denied: bool) -> None:
    assert found(text) == [("secretaire", denied)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plus de stagiaire, mais une secrétaire", [("stagiaire", True), ("secretaire", False)]),
        ("pas de stagiaire, une secrétaire", [("stagiaire", True), ("secretaire", False)]),
        ("une secrétaire et pas de stagiaire", [("secretaire", False), ("stagiaire", True)]),
        ("pas de stagiaire ni de secrétaire", [("stagiaire", True), ("secretaire", True)]),
        ("pas de stagiaire, de secrétaire ou d'assistant", [("stagiaire", True), ("secretaire", True), ("assistant", True)]),
        ("une secrétaire plus un stagiaire", [("secretaire", False), ("stagiaire", False)]),
        ("secrétaire plus stagiaire", [("secretaire", False), ("stagiaire", False)]),
        ("secrétaire et plus de stagiaire", [("secretaire", False), ("stagiaire", True)]),
        ("stagiaire non, secrétaire oui", [("stagiaire", True), ("secretaire", False)]),
        ("pas de secrétaire. Enfin si, une secrétaire", [("secretaire", True), ("secretaire", False)]),
        ("plus de 10 ans", [("dix", False)]),
    ],
)  # fmt: skip
def test_each_mention_has_its_own_negation(text: str, expected: list[tuple[str, bool]]) -> None:
    assert found(text) == expected


def test_of_overlapping_wordings_the_longest_is_meant() -> None:
    names = {"seul": ["compte"], "long": ["compte commun"]}
    assert [one.key for one in mentions("un compte commun", names)] == ["long"]


def test_silent_wordings_are_read_over_and_join_nothing() -> None:
    names = {"sais": ["sais"], "pont": ["fax courrier"]}
    assert mentions("je ne sais pas", names, silent=["je ne sais pas"]) == []
    assert mentions("fax je ne sais pas courrier", names, silent=["je ne sais pas"]) == []


# --- Whatever is typed ------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        "pas", "plus", "de", "mais", "secrétaire", "secretaires", "stagaire", "doctolib", "docto", "lib", "papier", "ordinateur",
        "et", "ni", "12", "ans", ",", ".", "+", "-", "l'", "Œ", "ﬁn", "e\u0301", "½", "\u200d", "\n", "non", "est partie",
    ]
)  # fmt: skip
# Without symbols that stand for letters, as « ⒜ »: nobody types them, and they are no words.
LETTERS = st.characters(codec="utf-8", exclude_categories=["So"])
TEXTS = st.one_of(st.text(LETTERS, max_size=60), st.lists(PIECES, max_size=12).map(" ".join))


@given(TEXTS)
def test_mentions_lie_within_the_text_in_its_order(text: str) -> None:
    count = len(split(unicodedata.normalize("NFC", text)))
    for one in (every := mentions(text, NAMES)):
        assert 0 <= one.start < one.end <= count
        assert one.key in NAMES
    assert [one.start for one in every] == sorted(one.start for one in every)


@given(TEXTS)
def test_words_and_clauses_are_the_normal_text(text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    words = split(text)
    assert [word for clause in clauses(text) for word in clause] == words
    assert all(clauses(text))
    assert joined(words) == normal(text)
    assert all(0 <= word.start < word.end <= len(text) for word in words)


@given(TEXTS)
def test_any_text_can_be_looked_up(text: str) -> None:
    assert all(0 < likeness <= 1 for _, likeness in FAQ.search(text))
