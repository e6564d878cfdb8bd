"""The 72 hours: elapsed hours in Europe/Paris, through changes of time, week-ends, holidays and year ends."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import PARIS
from bot.compliance import moments
from bot.compliance.answers import UNKNOWN, Answer, in_words
from bot.compliance.breach import FollowUp, Notification, Told
from bot.compliance.deadlines import after_hours, remaining
from bot.compliance.moments import Moment
from tests.compliance.breaches import AWARE, DUE, KNOWLEDGE, NOW, C, dossier

# Since the RGPD applies, to the minute of any change of time.
AWARE_TIMES = st.integers(0, 60 * 24 * 365 * 40).map(
    lambda minutes: datetime(2018, 5, 25, tzinfo=timezone.utc) + timedelta(minutes=minutes)
)
STOLEN: dict[str, object] = {
    "incident": "vol_appareil", "cause": "externe_malveillant", "atteinte": (C,), "donnees": ("sante",),
    "identification": "oui", "acces": "possible", "protections": ("aucune",), "responsabilite": "moi_seul",
    "decouvert_par": "vous", "personnes": ("patients",), "nombre_personnes": 30,
}  # fmt: skip


@pytest.mark.parametrize(
    ("start", "due"),
    [
        pytest.param("2026-11-24T10:30+01:00", "2026-11-27T10:30+01:00", id="a plain week"),
        pytest.param("2026-11-20T18:30+01:00", "2026-11-23T18:30+01:00", id="through a week-end"),
        pytest.param("2026-12-24T09:00+01:00", "2026-12-27T09:00+01:00", id="through Christmas, to a Sunday"),
        pytest.param("2026-12-30T23:15+01:00", "2027-01-02T23:15+01:00", id="through the year's end"),
        pytest.param("2028-02-27T08:00+01:00", "2028-03-01T08:00+01:00", id="through a 29 February"),
        pytest.param("2027-03-26T20:00+01:00", "2027-03-29T21:00+02:00", id="summer time begins"),
        pytest.param("2026-10-23T20:00+02:00", "2026-10-26T19:00+01:00", id="summer time ends"),
        pytest.param(
            "2027-03-25T02:30+01:00", "2027-03-28T03:30+02:00", id="ends in the hour that is skipped"
        ),
        pytest.param(
            "2026-10-25T02:30+02:00", "2026-10-28T01:30+01:00", id="from the first of two equal hours"
        ),
        pytest.param(
            "2026-10-25T02:30+01:00", "2026-10-28T02:30+01:00", id="from the second of two equal hours"
        ),
    ],
)
def test_seventy_two_hours_pass_as_they_are_lived(start: str, due: str) -> None:
    found = after_hours(datetime.fromisoformat(start), 72)
    assert found == datetime.fromisoformat(due)
    # As it is read on the clock of the practice.
    assert found.isoformat(timespec="minutes") == due


@given(AWARE_TIMES)
def test_from_any_time_exactly_seventy_two_hours_pass(start: datetime) -> None:
    due = after_hours(start.astimezone(PARIS), 72)
    assert due.astimezone(timezone.utc) - start == timedelta(hours=72)
    assert due.tzinfo is PARIS


@given(AWARE_TIMES, st.timedeltas(timedelta(0), timedelta(days=400)))
def test_what_is_left_and_what_has_passed_make_the_whole_period(start: datetime, passed: timedelta) -> None:
    left = remaining(after_hours(start, 72), start + passed).left
    assert left + passed == timedelta(hours=72)
    assert remaining(after_hours(start, 72), start + passed).late == (passed > timedelta(hours=72))


@given(AWARE_TIMES, AWARE_TIMES)
def test_who_knew_later_has_until_later(one: datetime, other: datetime) -> None:
    assert (one < other) == (after_hours(one, 72) < after_hours(other, 72))


@pytest.mark.parametrize(
    ("left", "text"),
    [
        (timedelta(hours=72), "3 jours"),
        (timedelta(hours=71, minutes=59), "2 jours et 23 heures"),
        (timedelta(hours=25), "1 jour et 1 heure"),
        (timedelta(hours=5, minutes=1), "5 heures et 1 minute"),
        (timedelta(minutes=59, seconds=59), "59 minutes"),
        (timedelta(seconds=20), "moins d'une minute"),
        (-timedelta(hours=26), "1 jour et 2 heures"),
    ],
)
def test_what_is_left_reads_as_one_says_it(left: timedelta, text: str) -> None:
    assert remaining(NOW + left, NOW).text == text


def test_the_deadline_runs_from_awareness_not_from_the_beginning() -> None:
    found = dossier(**STOLEN, debut="2026-11-10", decouverte="2026-11-19", connaissance=AWARE)
    assert found.deadline and found.deadline.due == DUE and found.deadline.presumed == ""
    assert "1182/71" in found.deadline.note


@pytest.mark.parametrize(
    ("connaissance", "due"),
    [
        ("2026-11-20", "2026-11-23T00:00+01:00"),
        ("2026-11-20 matin", "2026-11-23T05:00+01:00"),
        ("2026-11-20 soir", "2026-11-23T17:00+01:00"),
    ],
)
def test_of_a_vague_awareness_the_earliest_counts_and_that_is_said(connaissance: str, due: str) -> None:
    found = dossier(**STOLEN, connaissance=connaissance).deadline
    assert found and found.due == datetime.fromisoformat(due)
    assert found.presumed == KNOWLEDGE.breach.wordings.presumed


def test_without_awareness_the_discovery_counts_and_that_is_said() -> None:
    found = dossier(**STOLEN, decouverte=AWARE, connaissance="?").deadline
    assert found and found.due == DUE
    assert found.presumed == KNOWLEDGE.breach.wordings.presumed_discovery


def test_without_any_date_there_is_no_deadline_to_count() -> None:
    found = dossier(**STOLEN)
    assert found.deadline is None and not found.late


def test_what_need_not_be_notified_has_no_deadline() -> None:
    assert dossier(**{**STOLEN, "acces": "exclu"}, connaissance=AWARE).deadline is None


@pytest.mark.parametrize(
    ("minutes", "late"), [(-60, False), (0, False), (1, True)], ids=["before", "at the last instant", "after"]
)
def test_after_the_last_instant_it_is_late_and_the_reasons_are_asked(minutes: int, late: bool) -> None:
    found = dossier(**STOLEN, connaissance=AWARE, now=DUE + timedelta(minutes=minutes))
    assert found.late is late
    assert ("motif_retard" in [question.id for question in found.asked]) is late


def test_a_notification_sent_in_time_stops_the_clock() -> None:
    sent = FollowUp(notifications=(Notification("initial", DUE - timedelta(hours=1)),))
    found = dossier(sent, DUE + timedelta(days=30), **STOLEN, connaissance=AWARE)
    assert not found.late and found.deadline and found.deadline.done


def test_a_notification_sent_late_stays_late() -> None:
    sent = FollowUp(notifications=(Notification("initial", DUE + timedelta(hours=1)),))
    found = dossier(sent, DUE + timedelta(days=30), **STOLEN, connaissance=AWARE, motif_retard="Congés.")
    assert found.late
    (field,) = [field for field in found.form.fields if field.id == "motif_retard"]
    assert field.text == "Congés." and field.status == "confirmed"


def test_the_complement_is_due_in_the_seventy_two_hours_after_the_first_notification() -> None:
    sent = FollowUp(notifications=(Notification("initial", NOW),))
    found = dossier(sent, **STOLEN, connaissance=AWARE)
    (clock,) = [one for one in found.deadlines if one.id == "complement"]
    assert clock.due == NOW + timedelta(hours=72) and not clock.done


def test_before_the_first_notification_no_complement_is_due() -> None:
    assert "complement" not in [one.id for one in dossier(**STOLEN, connaissance=AWARE).deadlines]


def test_the_complaint_has_a_clock_of_its_own() -> None:
    found = dossier(**STOLEN, decouverte="2026-11-19T08:00+01:00", connaissance=AWARE)
    due = {one.id: one.due for one in found.deadlines}
    assert due == {"plainte": datetime(2026, 11, 22, 8, tzinfo=PARIS), "notification": DUE}
    # The nearest comes first.
    assert next(iter(due)) == "plainte"


@pytest.mark.parametrize("incident", ["papier", "courrier_perdu", "imposteur"])
def test_what_is_no_attack_on_a_computer_has_no_seventy_two_hours_for_the_complaint(incident: str) -> None:
    """Code des assurances, art. L. 12-10-1: the offences of art. 323-1 to 323-3-1 of the Code pénal."""
    found = dossier(**{**STOLEN, "incident": incident}, decouverte="2026-11-19T08:00+01:00")
    (duty,) = [one for one in found.duties if one.report.title.startswith("Plainte")]
    assert duty.deadline is None
    assert "notification" in [one.id for one in found.deadlines]


@pytest.mark.parametrize("told", ["answer", "record"])
def test_a_complaint_that_was_made_is_done(told: str) -> None:
    followup = FollowUp(told=(Told("police", NOW),)) if told == "record" else FollowUp()
    found = dossier(followup, **STOLEN, prevenus=("police",) if told == "answer" else "?")
    (duty,) = [one for one in found.duties if one.report.id == "plainte"]
    assert duty.done


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"incident": "mauvais_destinataire"}, {"assureur", "ordre"}),
        ({"incident": "rancongiciel"}, {"plainte", "assureur", "cybermalveillance", "ordre", "cert_sante"}),
        (
            {"incident": "carte_professionnelle", "cause": "interne_accidentel"},
            {"assureur", "ordre", "opposition_cps"},
        ),
        (
            {"incident": "papier", "cause": "interne_accidentel", "responsabilite": "en_commun"},
            {"assureur", "ordre", "confreres"},
        ),
        (
            {"incident": "papier", "cause": "interne_accidentel", "responsabilite": "pour_un_autre"},
            {"assureur", "ordre", "responsable"},
        ),
    ],
)
def test_others_are_to_be_told_by_the_case(facts: dict[str, object], expected: set[str]) -> None:
    base: dict[str, object] = {"atteinte": (C,), "responsabilite": "moi_seul"}
    assert {duty.report.id for duty in dossier(**{**base, **facts}).duties} == expected


@given(AWARE_TIMES)
def test_a_moment_comes_back_as_it_was_written(at: datetime) -> None:
    minute = at.replace(second=0, microsecond=0)
    found = moments.read(moments.instant(minute).text())
    assert found and found.at == minute


@pytest.mark.parametrize(
    "text", ["", "hier", "2026-02-30", "2026-11-24T10:30", "2026-11-24 tôt", "2026-11-24T10:30+01:00 soir"]
)
def test_what_is_no_moment_is_none(text: str) -> None:
    assert moments.read(text) is None


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer.given("2026-11-24T22:10+01:00"), "24 novembre 2026 à 22 h 10"),
        (Answer.given("2026-11-24T22:00+01:00", approximate=True), "24 novembre 2026 vers 22 h"),
        (Answer.given("2026-11-24T21:30+00:00"), "24 novembre 2026 à 22 h 30"),
        (Answer.given("2026-12-01 soir"), "1er décembre 2026 au soir"),
        (Answer.given("2026-11-24"), "24 novembre 2026"),
        (Answer.given("2026-11-24", approximate=True), "24 novembre 2026 environ"),
        (UNKNOWN, "Je ne sais pas"),
    ],
)
def test_a_moment_reads_as_one_says_it(answer: Answer, words: str) -> None:
    assert in_words(KNOWLEDGE.question("violation.debut"), answer) == words


@given(st.dates(), st.sampled_from([None, "matin", "midi", "apres_midi", "soir", "nuit"]))
def test_a_vague_moment_begins_before_it_ends(day: object, part: str | None) -> None:
    if str(day) < "9999-12-30":
        moment = Moment(day, None, part)
        assert moment.earliest < moment.latest
        assert moments.read(moment.text()) == moment
