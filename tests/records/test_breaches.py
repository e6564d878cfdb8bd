"""A breach is kept as it was told, with every version of its notification."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.compliance.answers import SKIPPED, UNKNOWN, Answer, AnswerTimes
from bot.compliance.breach import Dossier, FollowUp, Notification, Told
from bot.knowledge import load
from bot.records import Records
from tests.records.conftest import NOW, Open, SetClock

VALUES = [
    Answer.given(True), Answer.given(0), Answer.given(20, approximate=True), Answer.given("vol_appareil"),
    Answer.given(("identite", "sante")), Answer.given("2026-11-24T22:10+01:00", approximate=True), UNKNOWN, SKIPPED,
]  # fmt: skip


@pytest.mark.parametrize("answer", VALUES, ids=str)
def test_an_answer_comes_back_as_it_was_given_after_a_restart(open_records: Open, answer: Answer) -> None:
    with open_records().unit() as unit:
        opened = unit.cases.open(unit.practices.only(), "breach")
        unit.cases.save(opened.id, "violation.debut", answer)
    with open_records().unit() as unit:
        (found,) = unit.cases.answers(opened.id).values()
    assert found == answer and type(found.value) is type(answer.value)


def test_an_approximate_answer_of_a_practice_stays_so(records: Records, practice: int) -> None:
    with records.unit() as unit:
        unit.answers.save(practice, "t.q", Answer.given(20, approximate=True))
    with records.unit() as unit:
        assert unit.answers.all(practice) == {"t.q": Answer.given(20, approximate=True)}


def test_a_new_answer_takes_the_place_of_the_earlier_one_and_times_are_kept(
    records: Records, practice: int, clock: SetClock
) -> None:
    with records.unit() as unit:
        opened = unit.cases.open(practice, "breach")
    said = [UNKNOWN, Answer.given(300), Answer.given(300), Answer.given(300, approximate=True)]
    for answer in said:
        clock.time += timedelta(hours=1)
        with records.unit() as unit:
            unit.cases.save(opened.id, "violation.nombre_personnes", answer)
    with records.unit() as unit:
        assert unit.cases.answers(opened.id) == {"violation.nombre_personnes": said[-1]}
        times = AnswerTimes(NOW + timedelta(hours=1), NOW + timedelta(hours=4))
        assert unit.cases.times(opened.id) == {"violation.nombre_personnes": times}


def test_an_answer_can_be_taken_back(records: Records, practice: int) -> None:
    with records.unit() as unit:
        opened = unit.cases.open(practice, "breach")
        unit.cases.save(opened.id, "violation.fin", UNKNOWN)
        unit.cases.forget(opened.id, "violation.fin")
        assert unit.cases.answers(opened.id) == {}


def test_breaches_are_numbered_in_each_practice_and_listed_newest_first(
    records: Records, practice: int
) -> None:
    with records.unit() as unit:
        other = unit.practices.create()
        first, second = unit.cases.open(practice, "breach"), unit.cases.open(practice, "breach")
        elsewhere = unit.cases.open(other, "breach")
    assert (first.number, second.number, elsewhere.number) == (1, 2, 1)
    assert (first.reference, second.reference) == ("V-2026-001", "V-2026-002")
    with records.unit() as unit:
        assert unit.cases.all(practice, "breach") == [second, first]
        assert unit.cases.find(practice, "breach", 2) == second
        assert unit.cases.find(other, "breach", 2) is None


def test_practices_do_not_see_each_others_breaches(records: Records, practice: int) -> None:
    with records.unit() as unit:
        unit.cases.open(practice, "breach")
        other = unit.practices.create()
        assert unit.cases.all(other, "breach") == [] and unit.cases.find(other, "breach", 1) is None


def test_a_breach_is_closed_and_opened_again(records: Records, practice: int, clock: SetClock) -> None:
    with records.unit() as unit:
        opened = unit.cases.open(practice, "breach")
        assert (opened.status, opened.opened_at, opened.closed_at) == ("open", NOW, None)
    clock.time += timedelta(days=2)
    with records.unit() as unit:
        unit.cases.close(opened.id)
        closed = unit.cases.find(practice, "breach", 1)
        assert closed and (closed.status, closed.closed_at) == ("closed", NOW + timedelta(days=2))
        unit.cases.reopen(opened.id)
        assert unit.cases.find(practice, "breach", 1) == opened


def test_every_version_of_the_notification_is_kept_with_its_receipt(open_records: Open) -> None:
    initial = Notification("initial", NOW, content=(("Dates – Début", "20 novembre 2026"), ("Cause", "Vol")))
    complement = Notification("complementary", NOW + timedelta(days=1), content=(("Cause", "Oubli"),))
    with open_records().unit() as unit:
        opened = unit.cases.open(unit.practices.only(), "breach")
        assert unit.breaches.notify(opened.id, initial) == 1
        assert unit.breaches.notify(opened.id, complement) == 2
        unit.breaches.acknowledge(opened.id, 1, "N-42", NOW + timedelta(hours=1))
    with open_records().unit() as unit:
        found = unit.breaches.followup(opened)
    received = Notification("initial", NOW, "N-42", NOW + timedelta(hours=1), initial.content)
    assert found.notifications == (received, complement)
    assert found.first_notification == received


def test_who_was_told_when_and_how_is_kept_oldest_first(open_records: Open) -> None:
    people = Told("personnes", NOW + timedelta(hours=2), "lettre")
    police = Told("police", NOW)
    with open_records().unit() as unit:
        opened = unit.cases.open(unit.practices.only(), "breach")
        for told in (people, police):
            unit.breaches.tell(opened.id, told)
    with open_records().unit() as unit:
        assert unit.breaches.followup(opened) == FollowUp("V-2026-001", (), (police, people), None)


def test_erasing_a_practice_erases_its_breaches(records: Records, practice: int) -> None:
    with records.unit() as unit:
        opened = unit.cases.open(practice, "breach")
        unit.cases.save(opened.id, "violation.debut", UNKNOWN)
        unit.breaches.notify(opened.id, Notification("initial", NOW))
        unit.breaches.tell(opened.id, Told("police", NOW))
    with records.unit() as unit:
        unit.practices.erase(practice)
    with records.unit() as unit:
        assert unit.cases.all(practice, "breach") == [] and unit.cases.answers(opened.id) == {}
        assert unit.breaches.followup(opened) == FollowUp("V-2026-001")


def test_what_is_recorded_makes_the_same_dossier_as_what_was_told(records: Records, practice: int) -> None:
    knowledge = load()
    story = {
        "violation.incident": Answer.given("vol_appareil"),
        "violation.donnees": Answer.given(("identite", "sante")),
        "violation.connaissance": Answer.given("2026-11-24T08:00+01:00"),
    }
    with records.unit() as unit:
        opened = unit.cases.open(practice, "breach")
        for question, answer in story.items():
            unit.cases.save(opened.id, question, answer)
        unit.breaches.notify(opened.id, Notification("initial", NOW, "N-42"))
    with records.unit() as unit:
        recorded = Dossier(knowledge, unit.cases.answers(opened.id), NOW, unit.breaches.followup(opened))
    sent = FollowUp("V-2026-001", (Notification("initial", NOW, "N-42"),))
    expected = Dossier(knowledge, story, NOW, sent)
    assert recorded.form == expected.form and recorded.log == expected.log
    assert recorded.deadlines == expected.deadlines
