"""A request through its life: steps, states, what is overdue, what to do, its letters and its line in the log."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from bot.clock import PARIS
from bot.compliance.answers import UNKNOWN, Answer
from bot.compliance.moments import instant
from bot.compliance.requests import Dossier, FollowUp, Step, checks
from bot.knowledge.requests import StepKind
from tests.compliance.requests import KNOWLEDGE, NOW, REQUESTS, case_dossier, dossier, row

COPY: dict[str, object] = {
    "droit": "copie",
    "qui": "patient",
    "traitement": "dossier",
    "anciennete": "recentes",
}


def record(*kinds: StepKind) -> FollowUp:
    """Steps one hour after another, from the day after the reception."""
    steps = tuple(Step.at(kind, NOW + timedelta(hours=place)) for place, kind in enumerate(kinds))
    return FollowUp("D-0001", steps)


@pytest.mark.parametrize(
    ("kinds", "state"),
    [
        ((), "recue"),
        (("accuse",), "en_cours"),
        (("identite_demandee",), "attente_identite"),
        (("accuse", "identite_demandee"), "attente_identite"),
        (("identite_demandee", "identite_recue"), "en_cours"),
        (("precision_demandee",), "en_cours"),
        (("prolongee",), "en_cours"),
        (("identite_demandee", "prolongee"), "attente_identite"),
        (("accordee",), "repondue"),
        (("accordee_en_partie",), "repondue"),
        (("refusee",), "refusee"),
        (("identite_demandee", "refusee"), "refusee"),
        (("refusee", "accordee"), "repondue"),
        (("accordee", "close"), "close"),
        (("close",), "close"),
    ],
)
def test_the_state_follows_from_the_steps(kinds: tuple[StepKind, ...], state: str) -> None:
    found = dossier(record(*kinds), **COPY)
    assert found.state == state
    assert found.state_text == REQUESTS.wordings.states[found.state]
    assert found.facts.answers["avis.etat"] == Answer.given(state)


def test_what_the_answers_tell_was_done_counts_like_the_record() -> None:
    found = dossier(
        now=datetime(2026, 11, 20, tzinfo=PARIS), **COPY, fait=("accuse", "identite", "repondu"),
        accuse_le="2026-11-03", identite_demandee_le="2026-11-03", identite_recue=True,
        identite_recue_le="2026-11-05", repondu_le="2026-11-09", reponse="accordee",
    )  # fmt: skip
    assert [step.kind for step in found.followup.steps] == [
        "accuse", "identite_demandee", "identite_recue", "accordee",
    ]  # fmt: skip
    assert found.state == "repondue" and not found.late and not found.overdue
    assert found.letter is None


def test_a_step_whose_question_a_correction_took_away_does_not_count() -> None:
    assert dossier(**COPY, fait=("rien",), repondu_le="2026-11-09", reponse="accordee").state == "recue"


@pytest.mark.parametrize(
    ("now", "overdue"),
    [
        (datetime(2026, 11, 10, 23, 59, 59, tzinfo=PARIS), False),
        (datetime(2026, 11, 11, tzinfo=PARIS), True),
    ],
)
def test_it_is_overdue_once_the_eight_days_are_over(now: datetime, overdue: bool) -> None:
    found = dossier(now=now, **COPY)
    assert found.overdue is overdue and found.late is overdue
    assert found.facts.answers["avis.retard"] == Answer.given(overdue)


def test_a_late_answer_is_told_late_but_no_longer_overdue() -> None:
    late = FollowUp(steps=(Step.at("accordee", datetime(2026, 11, 12, 9, tzinfo=PARIS)),))
    found = dossier(late, datetime(2026, 11, 13, tzinfo=PARIS), **COPY)
    assert found.late and not found.overdue


def test_awaiting_the_identity_stops_the_month_and_not_the_eight_days() -> None:
    asked = FollowUp(steps=(Step.at("identite_demandee", NOW),))
    later = datetime(2027, 3, 1, tzinfo=PARIS)
    assert dossier(asked, later, **COPY).overdue
    assert not dossier(asked, later, droit="copie", qui="patient", traitement="facturation").overdue


def test_what_is_done_is_marked_done_and_the_rest_is_in_order() -> None:
    found = dossier(record("accuse"), **COPY)
    done = {one.action.id: one.done for one in found.to_do}
    assert done["accuser"] and not done["repondre"]
    order = [one.action.id for one in found.to_do]
    assert order.index("accuser") < order.index("reunir") < order.index("pas_avant") < order.index("repondre")
    assert order[-1] == "clore"


def test_the_time_of_reflection_is_told_in_words() -> None:
    (told,) = [one for one in dossier(**COPY).to_do if one.action.id == "pas_avant"]
    assert told.text == "Ne remettez rien avant le mercredi 4 novembre 2026 à 10 h."
    assert dossier(**COPY).wait == told


def test_once_the_time_of_reflection_is_over_nothing_asks_to_wait() -> None:
    over = dossier(now=datetime(2026, 11, 4, 10, tzinfo=PARIS), **COPY)
    assert over.wait is None and all(one.action.id != "pas_avant" for one in over.to_do)
    assert dossier(record("accordee"), **COPY).wait is None


def test_the_letter_to_send_follows_what_was_done() -> None:
    doubt = {**COPY, "identite": "doute"}
    assert dossier(**doubt).letter == "identite"
    assert dossier(record("identite_demandee"), **doubt).letter == "accord"
    assert dossier(record("identite_demandee", "identite_recue", "accordee"), **doubt).letter is None


def test_the_letter_that_extends_gives_its_reason_and_the_new_day() -> None:
    asked = {"droit": "copie", "qui": "patient", "traitement": "facturation"}
    (letter,) = [one for one in dossier(**asked).letters if one.id == "prolongation"]
    lines = [line for part in letter.parts for line in part.lines]
    assert any("2 février 2027" in line.text for line in lines)
    assert not letter.ready
    told = dossier(
        **asked,
        fait=("prolongee",),
        prolongee_le="2026-11-10",
        motif_prolongation="Archives hors du cabinet.",
    )
    (letter,) = [one for one in told.letters if one.id == "prolongation"]
    assert letter.ready
    assert any("Archives hors du cabinet." in line.text for part in letter.parts for line in part.lines)


def test_a_letter_bears_no_reference_of_the_practice_nor_anything_of_health() -> None:
    for name in ("B01", "G01", "F03", "E01", "A01", "J04"):
        for letter in case_dossier(row(name)).letters:
            said = " ".join(line.text for part in letter.parts for line in part.lines)
            assert "D-2026-04" not in said
            for word in ("diagnostic", "ordonnance", "traitement médical", "maladie"):
                assert word not in said.lower()


def test_the_log_has_the_guides_items_and_says_where_it_stands() -> None:
    found = dossier(record("accuse", "accordee"), **COPY)
    fields = {field.id: field for field in found.log}
    assert [field.id for field in found.log if field.guide] == [
        "recue",
        "identite",
        "analyse",
        "delai",
        "reponse",
    ]
    assert fields["numero"].text == "D-0001" and fields["reference"].text == "D-2026-04"
    assert "Satisfaite le 3 novembre 2026 à 10 h" in fields["reponse"].text
    assert "10 novembre 2026" in fields["delai"].text
    assert fields["etat"].text == "Répondue"


def test_the_log_of_a_third_party_has_no_processing_and_no_identity() -> None:
    fields = {field.id: field.text for field in case_dossier(row("A01")).log}
    assert fields["traitement"] == "Sans objet" and fields["identite"] == "Sans objet"
    assert fields["delai"] == "Aucun délai légal trouvé"


def test_a_mere_guide_is_said_to_be_one_in_the_log() -> None:
    fields = {field.id: field.text for field in case_dossier(row("L01")).log}
    assert fields["delai"] == "Aucun délai légal trouvé ; repère : le 2 décembre 2026"


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"recue": "2026-12-24"}, REQUESTS.checks.future),
        ({"recue": "1996-11-02"}, REQUESTS.checks.far_past),
        ({"fait": ("repondu",), "repondu_le": "2026-10-30", "reponse": "accordee"}, "avant d'avoir reçu"),
        ({"fait": ("identite",), "identite_demandee_le": "2026-11-03T08:00+01:00", "identite_recue": True,
          "identite_recue_le": "2026-11-02"}, "avant d'avoir été demandé"),
    ],
)  # fmt: skip
def test_answers_that_cannot_be_right_are_told(values: dict[str, object], says: str) -> None:
    found = dossier(**{**COPY, **values})
    assert [one for one in found.mistakes if says in one.text]


def test_a_plausible_request_has_no_mistake() -> None:
    assert dossier(**COPY).mistakes == ()
    answer = Answer.given("2026-12-24")
    wrong = checks.mistake(KNOWLEDGE, "demande.recue", answer, dossier(**COPY).answers, NOW)
    assert wrong is not None and wrong.questions == ("demande.recue",)
    assert checks.mistake(KNOWLEDGE, "demande.recue", UNKNOWN, dossier(**COPY).answers, NOW) is None


def test_a_step_at_a_time_keeps_its_hour() -> None:
    step = Step.at("accuse", NOW, "par courriel")
    assert step.moment == instant(NOW) and step.when == NOW and step.note == "par courriel"


def test_a_dossier_reads_the_questions_in_the_order_of_the_file() -> None:
    found = Dossier(KNOWLEDGE, {}, NOW)
    order = [question.id for question in REQUESTS.questionnaire.questions]
    assert [one.id for one in found.asked] == [
        name for name in order if name in [one.id for one in found.asked]
    ]
