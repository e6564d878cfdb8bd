"""Stock Rasa on Vigie's data: what a project gets that leaves the pipeline to Rasa, as `rasa init` does.

The FAQ becomes a retrieval intent with a response per entry; vendors and options are marked as entities.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml
from rasa.engine.recipes import default_recipe
from rasa.shared.core.domain import Domain
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bench.understanding import FAQ, QUESTION, VENDOR
from bot.knowledge import load
from bot.knowledge.model import FaqEntry, Vendor
from bot.language.importer import KnowledgeImporter
from bot.language.normal import normal

#: A new project's 100 epochs take hours on two cores; on our data little changes after ten.
EPOCHS = 10
OPTION = "option"
_ANSWER = "repondre"
_NEW_PROJECT = Path(default_recipe.__file__).parent / "config_files" / "default_config.yml"
#: A vendor is named alone or in an answer.
_CARRIERS = ("{}", "on utilise {}", "c'est {} depuis deux ans")


def config(epochs: int) -> dict[str, Any]:
    """The configuration that Rasa gives a new project, with so many epochs, on Vigie's data."""
    content: dict[str, Any] = yaml.safe_load(_NEW_PROJECT.read_text("utf-8"))
    pipeline = [{**part, "epochs": epochs} if "epochs" in part else part for part in content["pipeline"]]
    ours = {"assistant_id": "stock", "language": "fr", "importers": [{"name": "bench.stock.StockImporter"}]}
    return {**content, **ours, "pipeline": pipeline}


class StockImporter(KnowledgeImporter):
    """The examples of `KnowledgeImporter`, marked as stock components learn them."""

    def get_domain(self) -> Domain:
        """Vigie's domain, with the FAQ's answers as responses."""
        responses = {f"utter_{FAQ}/{entry.id}": [{"text": entry.answer}] for entry in load().faq}
        return super().get_domain().merge(Domain.from_dict({"intents": [FAQ], "responses": responses}))

    def get_nlu_data(self, language: str | None = "fr") -> TrainingData:
        """Vigie's examples, and each vendor's name in a few answers."""
        knowledge = load()
        names = _Names(knowledge.vendors)
        entries = _entry_by_text(knowledge.faq)
        examples = [_marked(one, names, entries) for one in super().get_nlu_data(language).training_examples]
        examples += [Message.build(text, _ANSWER, names.in_text(text)) for text in _naming(knowledge.vendors)]
        return TrainingData(examples, entity_synonyms=names.synonyms)


class _Names:
    """The names of vendors, found in a text as whole words."""

    def __init__(self, vendors: Iterable[Vendor]) -> None:
        self.synonyms = {name: vendor.name for vendor in vendors for name in (*vendor.also, vendor.name)}
        self._names = {name.lower(): vendor for name, vendor in self.synonyms.items()}
        longest_first = sorted(map(re.escape, self.synonyms), key=len, reverse=True)
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)", re.IGNORECASE)

    def in_text(self, text: str) -> list[dict[str, Any]]:
        """The entities that Rasa learns from."""
        return [
            _entity(found.start(), found.end(), VENDOR, self._names[found[0].lower()])
            for found in self._pattern.finditer(text)
        ]


def _entity(start: int, end: int, kind: str, value: str) -> dict[str, Any]:
    return {"start": start, "end": end, "entity": kind, "value": value}


def _naming(vendors: Iterable[Vendor]) -> Iterator[str]:
    for vendor in vendors:
        yield from (carrier.format(vendor.name) for carrier in _CARRIERS)
        yield from vendor.also


def _entry_by_text(faq: Iterable[FaqEntry]) -> dict[str, str]:
    return {normal(text): entry.id for entry in faq for text in (entry.question, *entry.wordings)}


def _marked(example: Message, names: _Names, entries: dict[str, str]) -> Message:
    """The example as stock Rasa learns it: a question with its entry, an answer with its option."""
    text, intent = example.get(TEXT), example.get(INTENT)
    if intent == _ANSWER:
        return Message.build(text, intent, [_entity(0, len(text), OPTION, text)])
    if intent == QUESTION and normal(text) in entries:
        intent = f"{FAQ}/{entries[normal(text)]}"
    return Message.build(text, intent, [*(example.get(ENTITIES) or ()), *names.in_text(text)])
