"""Which questions are asked, in which order, and how far a practice has come."""

from __future__ import annotations

import pytest

from bot.compliance import interview
from bot.compliance.interview import Progress
from bot.knowledge import Activity
from tests.compliance.small import KNOWLEDGE, complete, given

PROFIL, AGENDA = KNOWLEDGE.activities


def ids(questions: object) -> list[str]:
    return [question.id for question in questions]


def test_all_answers_count_when_all_questions_apply() -> None:
    assert interview.effective(KNOWLEDGE, complete()) == complete()


@pytest.mark.parametrize(
    ("changed", "without_effect"),
    [
        pytest.param({}, set(), id="nothing corrected"),
        pytest.param(
            {"agenda__en_ligne": False}, {"agenda.prestataire", "agenda.contrat"}, id="no longer online"
        ),
        pytest.param(
            {"agenda__en_ligne": "?"}, {"agenda.prestataire", "agenda.contrat"}, id="not known to be online"
        ),
        pytest.param(
            {"agenda__en_ligne": "-"}, {"agenda.prestataire", "agenda.contrat"}, id="online was skipped"
        ),
        pytest.param(
            {"profil__rendez_vous": False},
            {key for key in complete() if key.startswith("agenda.")},
            id="the whole theme no longer applies",
        ),
    ],
)
def test_an_answer_whose_question_no_longer_applies_has_no_effect_until_it_does_again(
    changed: dict[str, object], without_effect: set[str]
) -> None:
    recorded = complete(**changed)
    kept = interview.effective(KNOWLEDGE, recorded)
    assert set(recorded) - set(kept) == without_effect
    # Corrected back, everything that was said before is there again.
    assert interview.effective(KNOWLEDGE, {**recorded, **complete()}) == complete()


def test_an_answer_that_depends_on_an_ineffective_answer_has_no_effect_either() -> None:
    # Still "en ligne" in the record, but the theme does not apply: its provider must not count.
    kept = interview.effective(KNOWLEDGE, complete(profil__rendez_vous="?"))
    assert not any(key.startswith("agenda.") for key in kept)


def test_answers_to_questions_that_no_longer_exist_have_no_effect() -> None:
    old = given({"agenda.disparue": True, "ancien.theme": "x"})
    assert interview.effective(KNOWLEDGE, {**complete(), **old}) == complete()


@pytest.mark.parametrize(
    ("answers", "themes"),
    [
        pytest.param({}, ["profil"], id="nothing said"),
        pytest.param({"profil.rendez_vous": True}, ["profil", "agenda"], id="by appointment"),
        pytest.param({"profil.rendez_vous": False}, ["profil"], id="without appointment"),
        pytest.param({"profil.rendez_vous": "?"}, ["profil"], id="does not know"),
    ],
)
def test_only_the_themes_that_apply_are_proposed(answers: dict[str, object], themes: list[str]) -> None:
    assert ids(interview.applicable(KNOWLEDGE, given(answers))) == themes


@pytest.mark.parametrize(
    ("answers", "following"),
    [
        pytest.param({}, "en_ligne", id="first"),
        pytest.param({"agenda.en_ligne": True}, "prestataire", id="the one that now applies"),
        pytest.param({"agenda.en_ligne": False}, "motif", id="over those that do not apply"),
        pytest.param({"agenda.en_ligne": "?"}, "motif", id="not knowing is an answer"),
        pytest.param({"agenda.en_ligne": "-"}, "motif", id="skipping is an answer"),
        pytest.param({"agenda.rappels": True}, "en_ligne", id="back to the first gap"),
    ],
)
def test_the_next_question_is_the_first_that_applies_without_answer(
    answers: dict[str, object], following: str
) -> None:
    applies = {"profil.rendez_vous": True}
    assert interview.next_question(AGENDA, given({**applies, **answers})).id == following


def test_there_is_no_next_question_once_all_that_apply_are_answered() -> None:
    assert interview.next_question(AGENDA, complete()) is None
    assert interview.next_question(AGENDA, complete(agenda__motif="-", agenda__rappels="?")) is None


class TestAThemeThatNoLongerApplies:
    """Begun, and then a correction elsewhere made it irrelevant while it was being asked."""

    ANSWERS = interview.effective(KNOWLEDGE, complete(profil__rendez_vous=False, agenda__patients=None))

    def test_it_asks_nothing(self) -> None:
        assert list(interview.asked(AGENDA, self.ANSWERS)) == []
        assert interview.next_question(AGENDA, self.ANSWERS) is None

    def test_one_cannot_go_back_in_it(self) -> None:
        assert interview.previous_question(AGENDA, self.ANSWERS, AGENDA.question("motif")) is None

    def test_it_has_no_progress(self) -> None:
        expected = Progress(AGENDA, 0, 0, "not_started")
        assert interview.progress(AGENDA, self.ANSWERS, confirmed=True) == expected

    def test_it_goes_on_where_it_stopped_once_it_applies_again(self) -> None:
        again = interview.effective(KNOWLEDGE, complete(agenda__patients=None))
        assert interview.next_question(AGENDA, again) == AGENDA.question("patients")


@pytest.mark.parametrize(
    ("current", "online", "before"),
    [
        ("en_ligne", True, None),
        ("prestataire", True, "en_ligne"),
        ("motif", True, "contrat"),
        ("motif", False, "en_ligne"),
        (None, True, "patients"),
    ],
)
def test_one_goes_back_over_the_questions_that_apply(
    current: str | None, online: bool, before: str | None
) -> None:
    answers = complete(agenda__en_ligne=online)
    question = AGENDA.question(current) if current else None
    found = interview.previous_question(AGENDA, answers, question)
    assert (found.id if found else None) == before


@pytest.mark.parametrize(
    ("activity", "changed", "confirmed", "expected"),
    [
        pytest.param(AGENDA, {}, False, (6, 6, "to_confirm"), id="all answered"),
        pytest.param(AGENDA, {}, True, (6, 6, "confirmed"), id="all confirmed"),
        pytest.param(AGENDA, {"agenda__en_ligne": False}, False, (4, 4, "to_confirm"), id="fewer apply"),
        pytest.param(AGENDA, {"agenda__motif": None}, False, (5, 6, "in_progress"), id="one missing"),
        pytest.param(AGENDA, {"agenda__motif": None}, True, (5, 6, "in_progress"), id="new since confirmed"),
        pytest.param(AGENDA, {"agenda__motif": "-"}, False, (6, 6, "to_confirm"), id="skipped counts"),
        pytest.param(PROFIL, dict.fromkeys(complete()), False, (0, 4, "not_started"), id="none"),
    ],
)
def test_progress_counts_the_questions_that_apply_now(
    activity: Activity, changed: dict[str, object], confirmed: bool, expected: tuple[int, int, str]
) -> None:
    assert interview.progress(activity, complete(**changed), confirmed) == Progress(activity, *expected)


def test_what_was_not_known_or_skipped_is_a_task_with_whom_to_ask() -> None:
    recorded = complete(agenda__contrat="?", agenda__motif="-", agenda__rappels="?")
    found = [(task.id, task.state, task.ask_whom) for task in interview.tasks(KNOWLEDGE, recorded)]
    assert found == [
        ("agenda.contrat", "unknown", "le service client"),
        ("agenda.motif", "skipped", ""),
        ("agenda.rappels", "unknown", ""),
    ]


@pytest.mark.parametrize("left", ["?", "-"], ids=["unknown", "skipped"])
def test_what_no_longer_applies_is_no_task(left: str) -> None:
    assert interview.tasks(KNOWLEDGE, complete(agenda__contrat=left, agenda__en_ligne=False)) == []


@pytest.mark.parametrize(
    ("condition", "changed", "waits"),
    [
        pytest.param({"agenda.motif": "libre"}, {}, None, id="holds"),
        pytest.param({"agenda.motif": "aucun"}, {}, None, id="ruled out"),
        pytest.param({"agenda.motif": "libre"}, {"agenda__motif": None}, "agenda.motif", id="not asked yet"),
        pytest.param({"agenda.motif": "libre"}, {"agenda__motif": "?"}, "agenda.motif", id="unknown"),
        pytest.param({"agenda.motif": "libre"}, {"agenda__motif": "-"}, "agenda.motif", id="skipped"),
        pytest.param({"agenda.motif": "unknown"}, {"agenda__motif": "?"}, None, id="unknown, and meant so"),
        pytest.param(
            {"agenda.contrat": True},
            {"agenda__en_ligne": False, "agenda__contrat": None},
            None,
            id="not relevant",
        ),
        pytest.param(
            {"agenda.contrat": True},
            {"agenda__en_ligne": None, "agenda__contrat": None},
            "agenda.en_ligne",
            id="perhaps relevant",
        ),
        pytest.param(
            {"agenda.motif": "libre"},
            {"profil__rendez_vous": None, "agenda__motif": None},
            "profil.rendez_vous",
            id="the theme may not apply",
        ),
        pytest.param(
            {"agenda.motif": "libre"},
            {"profil__rendez_vous": False, "agenda__motif": None},
            None,
            id="the theme does not apply",
        ),
        pytest.param(
            {"agenda.motif": "libre", "agenda.rappels": True},
            {"agenda__motif": None},
            None,
            id="another line rules it out",
        ),
        pytest.param(
            {"any_of": [{"agenda.contrat": True}, {"agenda.motif": "libre"}]},
            {"agenda__en_ligne": False, "agenda__contrat": None, "agenda__motif": None},
            "agenda.motif",
            id="one of two is not relevant",
        ),
        pytest.param(
            {"any_of": [{"agenda.rappels": True}, {"agenda.motif": "aucun"}]}, {}, None, id="neither holds"
        ),
        pytest.param(
            {"any_of": [{"agenda.rappels": True}, {"agenda.motif": "libre"}]},
            {"agenda__rappels": None},
            None,
            id="one of two holds",
        ),
    ],
)
def test_a_condition_waits_for_the_question_that_would_decide_it(
    condition: dict[str, object], changed: dict[str, object], waits: str | None
) -> None:
    assert interview.waits_for(KNOWLEDGE, condition, complete(**changed)) == waits
