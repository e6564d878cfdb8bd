"""What a practice said and decided is kept as it was said."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from bot.clock import PARIS
from bot.compliance.answers import SKIPPED, UNKNOWN, Answer, AnswerTimes
from bot.compliance.measures import Decision
from bot.compliance.register import FieldDecision, RegisterEntry
from bot.knowledge import load
from bot.records import PracticeFile, Records
from tests.compliance import general_practitioner
from tests.records.conftest import NOW, Open, SetClock

VALUES = [
    pytest.param(Answer.given(True), id="yes"),
    pytest.param(Answer.given(False), id="no"),
    pytest.param(Answer.given("en_ligne"), id="option"),
    pytest.param(Answer.given(("telephone", "en_ligne")), id="options"),
    pytest.param(Answer.given(("aucun",)), id="one of many"),
    pytest.param(Answer.given(0), id="zero"),
    pytest.param(Answer.given(1), id="one, not yes"),
    pytest.param(Answer.given(10_000), id="number"),
    pytest.param(Answer.given("18 mois"), id="duration"),
    pytest.param(Answer.given("2026-12-01"), id="date"),
    pytest.param(Answer.given("Cabinet « L'Été » – œuvre 👩‍⚕️\nrue; DROP TABLE answer;--"), id="text"),
    pytest.param(UNKNOWN, id="unknown"),
    pytest.param(SKIPPED, id="skipped"),
]


def same(found: Answer, expected: Answer) -> bool:
    # 1 == True in Python: the kind of the value counts too.
    return found == expected and type(found.value) is type(expected.value)


class TestAnswers:
    @pytest.mark.parametrize("answer", VALUES)
    def test_an_answer_comes_back_as_it_was_given_after_a_restart(
        self, open_records: Open, answer: Answer
    ) -> None:
        with open_records().unit() as unit:
            unit.answers.save(unit.practices.only(), "theme.question", answer)
        with open_records().unit() as unit:
            (found,) = unit.answers.all(unit.practices.only()).values()
        assert same(found, answer)

    @settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
    @given(
        st.one_of(
            st.booleans(),
            st.integers(0, 2**53),
            st.text(st.characters(exclude_categories=("Cs",))),
            st.lists(st.text("abc_", min_size=1)).map(tuple),
        )
    )
    def test_any_value_comes_back_as_it_was_given(
        self, records: Records, practice: int, value: object
    ) -> None:
        with records.unit() as unit:
            unit.answers.save(practice, "theme.question", Answer.given(value))
        with records.unit() as unit:
            assert same(unit.answers.all(practice)["theme.question"], Answer.given(value))

    def test_a_new_answer_that_python_takes_for_the_same_takes_its_place(
        self, records: Records, practice: int, clock: SetClock
    ) -> None:
        for value in (0, False):
            clock.time += timedelta(hours=1)
            with records.unit() as unit:
                unit.answers.save(practice, "theme.question", Answer.given(value))
        with records.unit() as unit:
            assert same(unit.answers.all(practice)["theme.question"], Answer.given(False))
            assert unit.answers.times(practice)["theme.question"].last == clock.time

    @pytest.mark.parametrize("second", [Answer.given(False), UNKNOWN, SKIPPED])
    def test_a_new_answer_takes_the_place_of_the_earlier_one(
        self, records: Records, practice: int, second: Answer
    ) -> None:
        for answer in (Answer.given(True), second):
            with records.unit() as unit:
                unit.answers.save(practice, "theme.question", answer)
        with records.unit() as unit:
            assert unit.answers.all(practice) == {"theme.question": second}

    def test_it_is_known_when_each_question_was_first_answered_and_since_when_as_it_is_now(
        self, records: Records, practice: int, clock: SetClock
    ) -> None:
        # The last time, t.c is answered once more as it was: nothing changed.
        said = [
            ("t.a", UNKNOWN),
            ("t.b", SKIPPED),
            ("t.c", Answer.given(("a",))),
            ("t.a", Answer.given(True)),
        ]
        for question, answer in [*said, said[2]]:
            clock.time += timedelta(hours=1)
            with records.unit() as unit:
                unit.answers.save(practice, question, answer)
        first, second, third, fourth = (NOW + timedelta(hours=hours) for hours in (1, 2, 3, 4))
        with records.unit() as unit:
            assert unit.answers.times(practice) == {
                "t.a": AnswerTimes(first, fourth),
                "t.b": AnswerTimes(second, second),
                "t.c": AnswerTimes(third, third),
            }

    def test_practices_do_not_see_each_other(self, records: Records, practice: int) -> None:
        with records.unit() as unit:
            other = unit.practices.create()
            unit.answers.save(practice, "t.q", Answer.given(True))
            unit.answers.confirm(practice, "t")
        with records.unit() as unit:
            assert unit.answers.all(other) == {} and unit.answers.confirmed(other) == set()


class TestConfirmation:
    def test_a_confirmed_theme_stays_confirmed_after_a_restart(self, open_records: Open) -> None:
        with open_records().unit() as unit:
            unit.answers.confirm(unit.practices.only(), "agenda")
        with open_records().unit() as unit:
            assert unit.answers.confirmed(unit.practices.only()) == {"agenda"}

    def test_a_new_answer_makes_its_theme_alone_to_be_confirmed_again(
        self, records: Records, practice: int
    ) -> None:
        with records.unit() as unit:
            for theme in ("agenda", "agenda_bis", "profil"):
                unit.answers.confirm(practice, theme)
            unit.answers.save(practice, "agenda.contrat", Answer.given(True))
        with records.unit() as unit:
            assert unit.answers.confirmed(practice) == {"agenda_bis", "profil"}

    def test_confirming_twice_is_confirming(self, records: Records, practice: int) -> None:
        for _ in range(2):
            with records.unit() as unit:
                unit.answers.confirm(practice, "agenda")
        with records.unit() as unit:
            assert unit.answers.confirmed(practice) == {"agenda"}


class TestDecisions:
    @pytest.mark.parametrize(
        "decision",
        [
            Decision("done"),
            Decision("planned", due=date(2026, 12, 1)),
            Decision("planned"),
            Decision("not_applicable", reason="L'agenda a été vendu « en juin »."),
        ],
        ids=lambda decision: f"{decision.state} {decision.due or ''}",
    )
    def test_a_decision_on_a_measure_comes_back_as_it_was_made(
        self, open_records: Open, decision: Decision
    ) -> None:
        with open_records().unit() as unit:
            unit.decisions.save_measure(unit.practices.only(), "rdv-contrat", Decision("planned"))
            unit.decisions.save_measure(unit.practices.only(), "rdv-contrat", decision)
        with open_records().unit() as unit:
            assert unit.decisions.measures(unit.practices.only()) == {"rdv-contrat": decision}

    @pytest.mark.parametrize(
        "decision",
        [FieldDecision("confirmed", "Papier\nDisque"), FieldDecision("changed", "Mur\n« L'agenda »")],
    )
    def test_a_decision_on_a_field_comes_back_as_it_was_made_and_when(
        self, open_records: Open, clock: SetClock, decision: FieldDecision
    ) -> None:
        for _ in range(2):
            clock.time += timedelta(hours=1)
            with open_records().unit() as unit:
                unit.decisions.save_field(unit.practices.only(), "agenda", "media", decision)
        with open_records().unit() as unit:
            found = unit.decisions.fields(unit.practices.only())
        assert found == {("agenda", "media"): decision}
        assert found["agenda", "media"].decided_at == NOW + timedelta(hours=2)

    def test_a_decision_taken_back_leaves_the_others(self, records: Records, practice: int) -> None:
        with records.unit() as unit:
            for name in ("a", "b"):
                unit.decisions.save_measure(practice, name, Decision("done"))
                unit.decisions.save_field(practice, "fiche", name, FieldDecision("confirmed"))
            unit.decisions.save_measure(practice, "a", None)
            unit.decisions.save_field(practice, "fiche", "a", None)
            unit.decisions.save_field(practice, "autre", "b", None)
        with records.unit() as unit:
            assert set(unit.decisions.measures(practice)) == {"b"}
            assert set(unit.decisions.fields(practice)) == {("fiche", "b")}


class TestConversations:
    def test_a_conversation_is_found_by_its_sender_after_a_restart(self, open_records: Open) -> None:
        with open_records().unit() as unit:
            started = unit.conversations.start(unit.practices.only())
            unit.conversations.move(started.sender, "asking", "agenda")
        with open_records().unit() as unit:
            found = unit.conversations.find(started.sender)
        assert found is not None
        assert (found.phase, found.theme_id, found.practice_id) == ("asking", "agenda", started.practice_id)

    def test_moving_without_a_theme_keeps_the_theme(self, records: Records, practice: int) -> None:
        with records.unit() as unit:
            sender = unit.conversations.start(practice).sender
            unit.conversations.move(sender, "asking", "agenda")
            unit.conversations.move(sender, "paused")
            assert unit.conversations.find(sender).theme_id == "agenda"
            unit.conversations.move(sender, "idle", "")
            assert unit.conversations.find(sender).theme_id == ""

    def test_no_two_conversations_have_the_same_sender_and_none_can_be_guessed(
        self, records: Records, practice: int
    ) -> None:
        with records.unit() as unit:
            senders = {unit.conversations.start(practice).sender for _ in range(50)}
            assert unit.conversations.find("inconnu") is None
        assert len(senders) == 50
        assert all(len(sender) >= 43 for sender in senders)


class TestSessions:
    def open(self, records: Records, practice: int) -> tuple[str, str]:
        with records.unit() as unit:
            conversation = unit.conversations.start(practice)
            cookie, session = unit.sessions.open(practice, conversation.sender)
            return cookie, session.digest

    def test_a_session_is_found_by_its_cookie_after_a_restart(self, open_records: Open) -> None:
        records = open_records()
        with records.unit() as unit:
            practice = unit.practices.only()
        cookie, digest = self.open(records, practice)
        with open_records().unit() as unit:
            found = unit.sessions.find(cookie)
            assert found is not None and (found.digest, found.practice_id) == (digest, practice)

    @pytest.mark.parametrize("cookie", ["", "faux", "digest"])
    def test_no_session_is_found_by_a_wrong_cookie(
        self, records: Records, practice: int, cookie: str
    ) -> None:
        _, digest = self.open(records, practice)
        with records.unit() as unit:
            assert unit.sessions.find(digest if cookie == "digest" else cookie) is None

    def test_the_cookie_itself_is_nowhere_in_the_file(
        self, records: Records, practice: int, path: Path
    ) -> None:
        cookie, digest = self.open(records, practice)
        with records.engine.connect() as connection:
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        written = b"".join(file.read_bytes() for file in path.parent.iterdir())
        assert digest.encode() in written
        assert cookie.encode() not in written

    def test_a_session_goes_on_in_another_conversation_with_its_transcript(
        self, records: Records, practice: int
    ) -> None:
        cookie, digest = self.open(records, practice)
        with records.unit() as unit:
            unit.sessions.say(digest, "practice", {"text": "Bonjour"})
            other = unit.conversations.start(practice)
            unit.sessions.speak_as(digest, other.sender)
        with records.unit() as unit:
            assert unit.sessions.find(cookie).sender == other.sender
            assert [message.body for message in unit.sessions.transcript(digest)] == [{"text": "Bonjour"}]

    def test_the_transcript_comes_in_the_order_in_which_it_was_said(
        self, records: Records, practice: int, clock: SetClock
    ) -> None:
        _, digest = self.open(records, practice)
        _, other = self.open(records, practice)
        for number in range(12):
            # Even when the machine's clock is set back.
            clock.time = NOW + timedelta(hours=number % 3)
            with records.unit() as unit:
                body = {"text": f"n° {number} « é »", "buttons": [["Oui", "oui"]]}
                unit.sessions.say(digest, "vigie" if number % 2 else "practice", body)
                unit.sessions.say(other, "vigie", {"text": "ailleurs"})
        with records.unit() as unit:
            said = unit.sessions.transcript(digest)
            assert [message.body["text"] for message in said] == [f"n° {n} « é »" for n in range(12)]
            assert [message.author for message in said[:2]] == ["practice", "vigie"]
            assert said[0].body["buttons"] == [["Oui", "oui"]]
            assert [message.id for message in said] == sorted(message.id for message in said)

    def test_what_was_said_too_long_ago_is_forgotten_and_nothing_else(
        self, records: Records, practice: int, clock: SetClock
    ) -> None:
        _, digest = self.open(records, practice)
        for days in (31, 30, 29, 0):
            clock.time = NOW - timedelta(days=days)
            with records.unit() as unit:
                unit.sessions.say(digest, "practice", {"text": f"il y a {days} jours"})
                unit.answers.save(practice, f"t.q{days}", UNKNOWN)
        clock.time = NOW
        with records.unit() as unit:
            unit.sessions.forget(timedelta(days=30))
        with records.unit() as unit:
            left = [message.body["text"] for message in unit.sessions.transcript(digest)]
            assert left == [f"il y a {days} jours" for days in (30, 29, 0)]
            assert len(unit.answers.all(practice)) == 4


class TestTimes:
    @pytest.mark.parametrize(
        ("said", "in_paris"),
        [
            pytest.param("2026-01-15T12:00:00+00:00", "2026-01-15 13:00:00+0100", id="winter"),
            pytest.param("2026-07-15T12:00:00+00:00", "2026-07-15 14:00:00+0200", id="summer"),
            pytest.param("2026-03-29T00:59:59+00:00", "2026-03-29 01:59:59+0100", id="before summer time"),
            pytest.param("2026-03-29T01:00:00+00:00", "2026-03-29 03:00:00+0200", id="after summer time"),
            pytest.param("2026-10-25T00:30:00+00:00", "2026-10-25 02:30:00+0200", id="the first 2:30"),
            pytest.param("2026-10-25T01:30:00+00:00", "2026-10-25 02:30:00+0100", id="the second 2:30"),
            pytest.param("2026-12-31T23:30:00+00:00", "2027-01-01 00:30:00+0100", id="New Year"),
        ],
    )
    def test_a_time_comes_back_in_paris_across_the_changes_of_hour(
        self, records: Records, practice: int, clock: SetClock, said: str, in_paris: str
    ) -> None:
        clock.time = datetime.fromisoformat(said)
        with records.unit() as unit:
            unit.answers.save(practice, "t.q", UNKNOWN)
        with records.unit() as unit:
            found = unit.answers.times(practice)["t.q"].last
        assert found.strftime("%Y-%m-%d %H:%M:%S%z") == in_paris
        assert found.astimezone(timezone.utc) == clock.time
        assert found.tzinfo is PARIS


class TestPracticeFile:
    def test_a_practice_is_read_whole_after_a_restart(self, open_records: Open) -> None:
        knowledge = load()
        told = general_practitioner.practice(knowledge)
        with open_records().unit() as unit:
            practice = unit.practices.only()
            for key, answer in told.items():
                unit.answers.save(practice, key, answer)
            for activity in knowledge.activities[:2]:
                unit.answers.confirm(practice, activity.id)
            unit.decisions.save_field(practice, "rendez_vous", "media", FieldDecision("changed", "Mur"))
        with open_records().unit() as unit:
            file = PracticeFile.read(unit, knowledge, unit.practices.only())
        assert file.answers == told
        assert [theme.state for theme in file.themes][:3] == ["confirmed", "confirmed", "to_confirm"]
        assert file.next_theme() is None
        (entry,) = [entry for entry in file.register if entry.id == "rendez_vous"]
        assert entry.field("media").lines[0].text == "Mur"
        assert (entry.created, entry.updated) == (NOW, NOW)
        assert [task.id for task in file.tasks] == [key for key, answer in told.items() if not answer.known]
        assert file.measures

    def test_a_field_is_outdated_once_an_answer_behind_it_changes_and_the_entry_is_updated(
        self, records: Records, practice: int, clock: SetClock
    ) -> None:
        knowledge = load()
        told = general_practitioner.practice(knowledge)

        def entry(key: str, answer: Answer) -> RegisterEntry:
            clock.time += timedelta(hours=1)
            with records.unit() as unit:
                unit.answers.save(practice, key, answer)
                file = PracticeFile.read(unit, knowledge, practice)
            return next(one for one in file.register if one.id == "rendez_vous")

        with records.unit() as unit:
            for key, answer in told.items():
                unit.answers.save(practice, key, answer)
            unit.decisions.save_field(practice, "rendez_vous", "media", FieldDecision("changed", "Mur"))
        key = "rendez_vous.motif"
        same = entry(key, told[key])
        assert (same.field("media").outdated, same.updated) == (False, NOW)
        other = entry(key, Answer.given("aucun"))
        assert other.field("media").outdated and other.updated == NOW + timedelta(hours=2)
        assert other.created == NOW

    def test_one_goes_on_with_a_theme_begun_before_one_not_begun(
        self, records: Records, practice: int
    ) -> None:
        knowledge = load()
        with records.unit() as unit:
            assert PracticeFile.read(unit, knowledge, practice).next_theme() == knowledge.activities[0]
            securite = knowledge.activity("securite")
            unit.answers.save(practice, f"securite.{securite.questions[0].id}", UNKNOWN)
            assert PracticeFile.read(unit, knowledge, practice).next_theme() == securite

    def test_an_answer_without_effect_is_kept_in_the_record_only(
        self, records: Records, practice: int
    ) -> None:
        knowledge = load()
        told = general_practitioner.practice(knowledge)
        with records.unit() as unit:
            for key, answer in {**told, "profil.rendez_vous": Answer.given(False)}.items():
                unit.answers.save(practice, key, answer)
            file = PracticeFile.read(unit, knowledge, practice)
        assert file.recorded["rendez_vous.prestataire"] == Answer.given("Doctolib")
        assert not any(re.match("rendez_vous", key) for key in file.answers)
        assert not any(entry.id == "rendez_vous" for entry in file.register)
