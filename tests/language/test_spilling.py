"""What a sentence fills beside its question, and what it must not."""

from __future__ import annotations

import pytest

from bot import knowledge
from bot.compliance.answers import UNKNOWN, Answer
from bot.language.spilling import spilled

KNOWLEDGE = knowledge.load()


def filled(asked: str, value: object, said: str, **others: object) -> dict[str, object]:
    """What the sentence `said` under a question that got `value` fills; `others` are answered before."""
    activity = KNOWLEDGE.activity(asked.partition(".")[0])
    answers = {f"{activity.id}.{key}": Answer.given(other) for key, other in others.items()}  # type: ignore[arg-type]
    answers[asked] = value if isinstance(value, Answer) else Answer.given(value)  # type: ignore[arg-type]
    found = spilled(activity, KNOWLEDGE.question(asked), said, answers, KNOWLEDGE.vendors)
    return {key: answer.value for key, answer in found.items()}


@pytest.mark.parametrize(
    ("asked", "value", "said", "expected"),
    [
        (
            "rendez_vous.canaux",
            ("telephone", "en_ligne"),
            "au téléphone et sur Keldoc",
            {"rendez_vous.prestataire": "Keldoc"},
        ),
        (
            "communication.canaux",
            ("reseaux",),
            "nous sommes sur LinkedIn et YouTube",
            {"communication.reseaux": ("linkedin", "youtube")},
        ),
        ("facturation.paiements", ("carte",), "par carte sur le SumUp", {"facturation.terminal": "SumUp"}),
    ],
)
def test_what_is_named_in_so_many_words_is_filled(
    asked: str, value: object, said: str, expected: dict[str, object]
) -> None:
    assert filled(asked, value, said) == expected


@pytest.mark.parametrize(
    ("asked", "value", "said"),
    [
        ("rendez_vous.canaux", ("en_ligne",), "sur internet"),
        ("rendez_vous.canaux", ("en_ligne",), "en ligne, plus sur Doctolib"),
        ("rendez_vous.canaux", ("en_ligne",), "en ligne, vous connaissez Doctolib ?"),
        ("rendez_vous.canaux", ("telephone",), "au téléphone, Doctolib c'est trop cher"),
        ("rendez_vous.canaux", UNKNOWN, "je ne sais pas si c'est Doctolib"),
        ("profil.rendez_vous", True, "oui, tout passe par Doctolib"),
        ("rendez_vous.rappels", True, "oui, deux jours avant"),
    ],
)
def test_nothing_else_is_filled(asked: str, value: object, said: str) -> None:
    assert filled(asked, value, said) == {}


def test_an_answer_that_is_there_is_left_as_it_is() -> None:
    said = "au téléphone et sur Keldoc"
    assert filled("rendez_vous.canaux", ("en_ligne",), said, prestataire="Doctolib") == {}
