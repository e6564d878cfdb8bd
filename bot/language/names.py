"""How themes and questions are called in Rasa."""

from __future__ import annotations

from bot.knowledge.model import Activity, Question

_SUFFIX = "_form"
#: The intent of an incident that is told, and the metadata of its examples that name the kind of incident.
STORY, KIND = "violation", "incident"
#: The intent of a request of a data subject that is told.
REQUEST = "demande"
#: The questionnaire on a supplier and its contract, and what buttons call it.
CONTRACT = "contrat"
#: The intent that speaks of suppliers or their contracts.
CONTRACTS = "contrats"
#: Where a message keeps the incidents that it tells one after the other.
PARTS = "incidents"


def slot_name(activity: Activity, question: Question) -> str:
    """The slot of a question."""
    return f"{activity.id}__{question.id}"


def question_id(slot: str) -> str:
    """The qualified id of the question of a slot."""
    return slot.replace("__", ".", 1)


def form_name(activity: Activity) -> str:
    """The form that asks a theme's questions."""
    return f"{activity.id}{_SUFFIX}"


def theme_id(form: str) -> str:
    """The id of the theme that a form asks."""
    return form.removesuffix(_SUFFIX)
