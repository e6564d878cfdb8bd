"""Stock Rasa learns from the same examples as Vigie, marked for its components."""

from __future__ import annotations

import pytest
from rasa.shared.nlu.training_data.training_data import TrainingData

from bench.stock import OPTION, StockImporter
from bench.understanding import VENDOR
from bot.knowledge import load
from bot.language.importer import KnowledgeImporter
from bot.settings import ROOT

pytestmark = pytest.mark.slow

FILES = {"domain_path": str(ROOT / "domain.yml"), "training_data_paths": [str(ROOT / "data")]}


@pytest.fixture(scope="module")
def data() -> TrainingData:
    return StockImporter(**FILES).get_nlu_data()


def test_nothing_that_vigie_learns_is_left_out(data: TrainingData) -> None:
    ours = {example.get("text") for example in KnowledgeImporter(**FILES).get_nlu_data().training_examples}
    assert ours - {example.get("text") for example in data.training_examples} == set()


def test_every_question_of_the_faq_is_learnt_with_its_entry(data: TrainingData) -> None:
    learnt = {example.get("text"): example.get("intent_response_key") for example in data.training_examples}
    asked = {entry.question: f"faq/{entry.id}" for entry in load().faq}
    assert {question: learnt.get(question) for question in asked} == asked


def test_every_entry_has_its_answer_as_a_response() -> None:
    responses = StockImporter(**FILES).get_domain().responses
    assert {entry.id: responses[f"utter_faq/{entry.id}"][0]["text"] for entry in load().faq} == {
        entry.id: entry.answer for entry in load().faq
    }


def test_entities_are_where_they_are_said_to_be(data: TrainingData) -> None:
    names = {name.lower(): vendor.name for vendor in load().vendors for name in (*vendor.also, vendor.name)}
    marked = [
        (example.get("text")[entity["start"] : entity["end"]], entity)
        for example in data.training_examples
        for entity in example.get("entities") or ()
    ]
    assert {entity["entity"] for _, entity in marked} == {VENDOR, OPTION}
    vendors = [(said, entity["value"]) for said, entity in marked if entity["entity"] == VENDOR]
    assert [said for said, value in vendors if names[said.lower()] != value] == []
    assert {value for _, value in vendors} == {vendor.name for vendor in load().vendors}
