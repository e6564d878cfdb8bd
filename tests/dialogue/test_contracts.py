"""Suppliers and their contracts in the chat: chosen or named, asked about, judged clause by clause."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from bot.compliance.answers import UNKNOWN
from bot.records.practice_file import ContractFile
from tests.dialogue.conftest import Story


@pytest.fixture
def equipped(story: Story) -> Story:
    """A practice that works with a software and a service for appointments."""
    story.know_everything_applies()
    story.know(
        rendez_vous__canaux=("telephone", "en_ligne"),
        rendez_vous__prestataire="Doctolib",
        rendez_vous__contrat=True,
        dossiers_patients__support="informatique",
        dossiers_patients__hebergement=("en_ligne",),
    )
    return story


def contract(story: Story, number: int = 1) -> ContractFile:
    """A supplier's case as it is recorded now."""
    found = story.file.contract(number)
    assert found is not None
    return found


def value(story: Story, question: str, number: int = 1) -> object:
    """What is recorded of a question; None when it was not answered."""
    answer = contract(story, number).recorded.get(f"contrat.{question}")
    return answer.value if answer else None


async def to_verdict(story: Story, told: Mapping[str, str]) -> tuple[list[str], str]:
    """Answer everything, what is not in `told` by « je ne sais pas encore », and confirm the recap."""
    asked: list[str] = []
    while story.asked:
        question = story.asked.removeprefix("contrat.")
        assert asked.count(question) < 2, f"{question} is asked again and again after {told.get(question)}"
        asked.append(question)
        await story.say(told.get(question, "je ne sais pas encore"))
    assert story.recap == "contrat", story.last
    return asked, await story.say("oui c'est exact")


def links(story: Story) -> list[str]:
    """The addresses that the last answer links to."""
    return [link["href"] for reply in story.last for link in reply.extra.get("links", [])]


async def test_those_to_check_are_offered_as_buttons(equipped: Story) -> None:
    await equipped.say("montrez-moi la liste de mes prestataires")
    assert "Doctolib" in equipped.titles and "Un autre prestataire" in equipped.titles
    assert "/prestataires" in links(equipped)
    # Nothing is opened as long as none is chosen.
    assert equipped.file.contracts == ()
    await equipped.press("Doctolib")
    assert value(equipped, "nom") == "Doctolib" and equipped.asked.startswith("contrat.")


async def test_without_any_supplier_one_can_be_added(story: Story) -> None:
    await story.say("la liste de mes prestataires")
    await story.press("Un autre prestataire")
    assert story.asked == "contrat.genre"
    await story.say("un télésecrétariat")
    assert value(story, "genre") == "telesecretariat"
    await story.say("pause")
    # An empty one is not opened twice.
    await story.say("la liste de mes prestataires")
    assert "Télésecrétariat" in story.titles


@pytest.mark.parametrize(
    "said",
    [
        "jai le contrat doctolib en pdf tu peux regarder",
        "vérifiez mon contrat avec ma plateforme de rendez-vous",
    ],
)
async def test_a_supplier_that_the_sentence_names_is_taken_directly(equipped: Story, said: str) -> None:
    told = await equipped.say(said)
    assert value(equipped, "nom") == "Doctolib" and value(equipped, "genre") == "rendez_vous"
    # What the interview said is shown, and not asked again.
    assert value(equipped, "existe") == "conditions" and "conditions acceptées en ligne" in told
    assert equipped.asked == "contrat.buts_propres"


@pytest.mark.parametrize(
    "said", ["faut-il un contrat avec un sous-traitant ?", "que doit contenir un contrat de sous-traitance ?"]
)
async def test_a_question_on_contracts_opens_none(equipped: Story, said: str) -> None:
    await equipped.say(said)
    assert equipped.file.contracts == () and equipped.asked == ""
    assert "Plus de détails" in equipped.titles


async def test_one_that_is_not_listed_is_offered_to_be_added(equipped: Story) -> None:
    said = await equipped.say("vérifiez le contrat de la société de broyage")
    assert "pas dans votre liste" in said and equipped.file.contracts == ()
    await equipped.press("L'ajouter et vérifier son contrat")
    assert value(equipped, "genre") == "destruction" and equipped.asked == "contrat.nom"
    assert [one.title for one in equipped.file.suppliers if one.told is None] != []


async def test_a_contract_is_asked_about_and_judged_clause_by_clause(equipped: Story) -> None:
    await equipped.say("bon on regarde mon contrat doctolib")
    told = {
        "buts_propres": "oui il fait des statistiques",
        "date_contrat": "le 3 mars 2016",
        "statuts": "oui c'est écrit",
        "objet": "c'est écrit",
        "duree": "c'est écrit",
        "fin": "non, il n'y a rien là-dessus",
        "securite": "pas clair",
        "lieu": "en France",
        "acces_exterieur": "non",
        "hds_vu": "non je ne l'ai pas vu",
    }
    asked, said = await to_verdict(equipped, told)
    clauses = equipped.knowledge.processors.clauses.clauses
    assert set(told) <= set(asked) and {clause.id for clause in clauses} <= set(asked)
    states = {one.clause.id: one.state for one in contract(equipped).dossier.clauses}
    assert (states["fin"], states["securite"], states["objet"], states["audits"]) == (
        "absente", "floue", "presente", "inconnue",
    )  # fmt: skip
    assert "Sous-traitant" in said and "Le contrat est à compléter" in said
    assert "À compléter (2)" in said and "25 mai 2018" in said
    # Never that it is compliant.
    assert "Vigie ne dit jamais qu'un contrat est conforme" in said
    assert "/prestataires/1" in links(equipped) and "/mesures" in links(equipped)
    assert "sst-clauses" in {item.measure.id for item in equipped.file.measures}
    await equipped.press("Compléter")
    assert equipped.asked == "contrat.donnees" and value(equipped, "fin") == "absente"


async def test_who_is_no_processor_needs_no_contract(equipped: Story) -> None:
    await equipped.say("mes prestataires")
    await equipped.press("Un autre prestataire")
    asked, said = await to_verdict(equipped, {"genre": "la cpam", "nom": "passer"})
    assert asked == ["genre", "nom"]
    assert "28" in said and "lettre" not in said
    assert contract(equipped).dossier.clauses == ()


async def test_nothing_known_ends_in_what_to_ask(equipped: Story) -> None:
    await equipped.say("mes prestataires")
    await equipped.press("Un autre prestataire")
    await equipped.say("télésecrétariat")
    await equipped.say("Allô Cabinet")
    assert value(equipped, "nom") == "Allô Cabinet"
    _, said = await to_verdict(equipped, {})
    assert contract(equipped).recorded["contrat.existe"] == UNKNOWN
    assert "On ne sait pas s'il y a un contrat" in said


async def test_it_interrupts_a_theme_which_is_kept(equipped: Story) -> None:
    await equipped.open("messagerie")
    pending = equipped.asked
    assert pending.startswith("messagerie.")
    await equipped.say("au fait vérifiez mon contrat doctolib")
    assert equipped.asked == "contrat.buts_propres"
    await to_verdict(equipped, {})
    await equipped.press("Reprendre l'entretien")
    await equipped.open("messagerie")
    assert equipped.asked == pending


async def test_a_side_question_and_a_pause_come_back_to_the_contract(equipped: Story) -> None:
    await equipped.say("bon on regarde mon contrat doctolib")
    said = await equipped.say("qu'est-ce qu'une base légale ?")
    assert "base" in said and equipped.asked == "contrat.buts_propres"
    await equipped.say("pause")
    await equipped.say("reprendre")
    assert equipped.asked == "contrat.buts_propres"
    await equipped.say("non")
    assert value(equipped, "buts_propres") is False


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("non, le contrat n'en parle pas", "absente"),
        ("oui c'est écrit dans le contrat", "presente"),
        ("c'est assez vague dans leur contrat", "floue"),
    ],
)
async def test_what_is_said_of_the_contract_answers_its_question(
    equipped: Story, said: str, state: str
) -> None:
    await equipped.say("bon on regarde mon contrat doctolib")
    while equipped.asked != "contrat.objet":
        await equipped.say("je ne sais pas encore")
    await equipped.say(said)
    assert value(equipped, "objet") == state and equipped.asked == "contrat.duree"


async def test_another_supplier_is_taken_while_one_is_asked_about(equipped: Story) -> None:
    await equipped.say("bon on regarde mon contrat doctolib")
    await equipped.say("vérifiez plutôt le contrat de la société de broyage")
    await equipped.press("L'ajouter et vérifier son contrat")
    assert value(equipped, "genre", 2) == "destruction" and equipped.asked == "contrat.nom"
    assert "buts_propres" not in {key.partition(".")[2] for key in contract(equipped).recorded}


async def test_an_answer_is_corrected_in_words(equipped: Story) -> None:
    await equipped.say("bon on regarde mon contrat doctolib")
    await equipped.say("non")
    await equipped.say("en fait on a un contrat signé avec eux")
    assert value(equipped, "existe") in ("signe", "conditions")
    assert equipped.asked.startswith("contrat.")


async def test_the_way_back_is_by_name(equipped: Story) -> None:
    await equipped.say("bon on regarde mon contrat doctolib")
    await equipped.say("pause")
    await equipped.say("où en est mon contrat avec doctolib, on le vérifie")
    assert len(equipped.file.contracts) == 1 and equipped.asked == "contrat.buts_propres"
