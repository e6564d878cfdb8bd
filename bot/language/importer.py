"""Derives the Rasa slots, forms, questions, rules and training examples from `knowledge/`.

Named in config.yml; what it makes is merged with the hand-written domain.yml and data/.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import yaml
from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.knowledge import load
from bot.knowledge.breach import INCIDENT
from bot.knowledge.model import Activity, Knowledge, Question
from bot.language.names import KIND, STORY, form_name, slot_name

_VERSION = "3.1"
#: What is told of a case is often not known yet.
_UNKNOWN, _UNKNOWN_YET = "Je ne sais pas", "Je ne sais pas encore"


class KnowledgeImporter(RasaFileImporter):
    """Adds to the files of data/ and domain.yml all that follows from `knowledge/`."""

    def get_domain(self) -> Domain:
        """The hand-written domain with a form per theme, and a slot and a question per question."""
        return super().get_domain().merge(Domain.from_dict(domain(load())))

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        """The hand-written rules, and one that ends each theme with its recap."""
        reader = YAMLStoryReader(self.get_domain())
        steps = reader.read_from_parsed_yaml({"version": _VERSION, "rules": list(rules(load()))})
        return super().get_stories(exclusion_percentage).merge(StoryGraph(steps))

    def get_nlu_data(self, language: str | None = "fr") -> TrainingData:
        """The hand-written examples, and those that themes, options, measures and the FAQ make."""
        made = {"version": _VERSION, "nlu": list(examples(load()))}
        text = yaml.safe_dump(made, allow_unicode=True, sort_keys=False)
        return super().get_nlu_data(language).merge(RasaYAMLReader().reads(text))


def domain(knowledge: Knowledge) -> dict[str, Any]:
    """The Rasa domain of the interview, as a dictionary."""
    slots, forms, responses = {}, {}, {}
    for activity in knowledge.asked:
        form = form_name(activity)
        forms[form] = {"required_slots": [slot_name(activity, question) for question in activity.questions]}
        for question in activity.questions:
            slot = slot_name(activity, question)
            condition = {"active_loop": form, "requested_slot": slot}
            slots[slot] = {
                "type": "any",
                "influence_conversation": False,
                "mappings": [{"type": "from_text", "conditions": [condition]}],
            }
            unknown = _UNKNOWN_YET if activity in knowledge.cases else _UNKNOWN
            responses[f"utter_ask_{slot}"] = [_asking(activity, question, unknown)]
    return {
        "version": _VERSION,
        "slots": slots,
        "forms": forms,
        "responses": responses,
        "actions": [f"validate_{form}" for form in forms],
    }


def _asking(activity: Activity, question: Question, unknown: str) -> dict[str, Any]:
    choices = dict(question.options)
    if question.kind == "bool":
        choices = {"oui": "Oui", "non": "Non"}
    buttons = [
        {"title": title, "payload": f'/repondre{{"valeur": "{option}"}}'} for option, title in choices.items()
    ]
    always = ((unknown, "/ne_sait_pas"), ("Passer", "/passer"), ("Pourquoi ?", "/pourquoi"))
    buttons += [{"title": title, "payload": payload} for title, payload in always]
    text = f"{question.ask}\n\n*{question.help}*" if question.help else question.ask
    return {"text": text, "buttons": buttons, "custom": {"question": f"{activity.id}.{question.id}"}}


def rules(knowledge: Knowledge) -> Iterator[dict[str, Any]]:
    """A rule for each theme: once its questions are answered, its recap is shown."""
    for activity in knowledge.asked:
        form = form_name(activity)
        yield {
            "rule": f"fin du thème {activity.id}",
            "condition": [{"active_loop": form}],
            "steps": [
                {"action": form},
                {"active_loop": None},
                {"slot_was_set": [{"requested_slot": None}]},
                {"action": "action_recapituler_theme"},
            ],
        }


def examples(knowledge: Knowledge) -> Iterator[dict[str, Any]]:
    """Training examples by intent, in Rasa's NLU format."""
    by_intent: dict[str, list[str]] = {
        "repondre": [], "choisir_theme": [], "corriger": [], "poser_question": [], "mesure_faite": [],
        "mesure_prevue": [], "mesure_sans_objet": [],
    }  # fmt: skip
    for activity in knowledge.activities:
        names = (activity.title.lower(), *activity.words)
        by_intent["choisir_theme"] += [f"passons à {name}" for name in names]
        by_intent["choisir_theme"] += [f"je veux parler de {names[0]}", f"le thème {names[0]}"]
    for activity in knowledge.asked:
        for question in activity.questions:
            if question.id == INCIDENT and activity == knowledge.breach.questionnaire:
                continue
            by_intent["repondre"] += question.options.values()
            by_intent["repondre"] += [word for words in question.words.values() for word in words]
            by_intent["corriger"].append(f"je veux corriger ma réponse sur {question.label.lower()}")
    for measure in knowledge.measures:
        for word in measure.words[:1]:
            by_intent["mesure_faite"].append(f"c'est fait pour {word}")
            by_intent["mesure_prevue"] += [
                f"je prévois {word} pour le 10 avril",
                f"je compte faire la mesure {word}",
            ]
            by_intent["mesure_sans_objet"] += [
                f"{word} ne me concerne pas parce que je n'en ai pas",
                f"la mesure {word} ne s'applique pas chez nous",
            ]
    for entry in knowledge.faq:
        by_intent["poser_question"] += [entry.question, *entry.wordings]
    for intent, texts in by_intent.items():
        yield {"intent": intent, "examples": _listed(texts)}
    # The kind of each incident stays with its examples, for the component that learns to tell it.
    for kind, incident in knowledge.breach.incidents.items():
        yield {"intent": STORY, "metadata": {KIND: kind}, "examples": _listed(incident.words)}


def _listed(texts: Iterable[str]) -> str:
    return "".join(f"- {line}\n" for line in dict.fromkeys(_escaped(text) for text in texts))


def _escaped(text: str) -> str:
    # Square brackets and braces would mark entities, a leading slash an intent.
    return " ".join(text.translate(str.maketrans("[]{}", "    ")).split()).lstrip("/")
