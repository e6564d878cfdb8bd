"""The whole knowledge, for a general practitioner and for practices drawn at random."""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.compliance import interview
from bot.compliance.answers import SKIPPED, UNKNOWN, Answer
from bot.compliance.conditions import holds, named, undecided
from bot.compliance.measures import Recommendation, of_theme, recommend
from bot.compliance.register import FIELD_LABELS, RegisterEntry, build, confirmation, head
from bot.knowledge import Question, load
from tests.compliance.general_practitioner import practice, typical

KNOWLEDGE = load()
#: How a line begins that stands for a missing answer; other unknown lines are to be checked elsewhere.
MISSING = ("À préciser :", "À compléter")
STATUSES = ("unknown", "proposed", "changed", "confirmed")


def measures_of(answers: dict[str, Answer]) -> dict[str, Recommendation]:
    return {item.measure.id: item for item in recommend(KNOWLEDGE, interview.effective(KNOWLEDGE, answers))}


def entries_of(answers: dict[str, Answer]) -> dict[str, RegisterEntry]:
    return {entry.id: entry for entry in build(KNOWLEDGE, interview.effective(KNOWLEDGE, answers))}


class TestGeneralPractitioner:
    def test_the_answers_written_for_them_are_ones_that_the_questions_take(self) -> None:
        for key, answer in practice(KNOWLEDGE).items():
            question = KNOWLEDGE.question(key)
            chosen = answer.value if isinstance(answer.value, tuple) else (answer.value,)
            if answer.known and question.options:
                assert set(chosen) <= set(question.options), key

    def test_they_have_nine_entries_or_more(self) -> None:
        entries = entries_of(practice(KNOWLEDGE))
        assert len(entries) >= 9
        assert {"dossiers_patients", "rendez_vous", "facturation", "personnel"} <= set(entries)

    def test_no_field_is_empty_and_only_what_they_do_not_know_is_unknown(self) -> None:
        answers = practice(KNOWLEDGE)
        asked = [KNOWLEDGE.question(key).ask for key, answer in answers.items() if not answer.known]
        for entry in entries_of(answers).values():
            for field in entry.fields:
                assert field.lines and all(line.text.strip() for line in field.lines)
                for line in field.lines:
                    assert not line.text.startswith(MISSING) or any(ask in line.text for ask in asked)

    def test_the_service_that_takes_appointments_is_a_processor(self) -> None:
        processors = entries_of(practice(KNOWLEDGE))["rendez_vous"].field("processors")
        assert any("Doctolib" in line.text for line in processors.lines)

    def test_the_service_whose_name_is_not_known_is_to_be_found_out(self) -> None:
        entry = entries_of(practice(KNOWLEDGE, rendez_vous__prestataire="?"))["rendez_vous"]
        assert entry.field("processors").status == "unknown"
        assert entry.field("software").status == "unknown"

    def test_who_can_tell_about_the_certificate_is_named(self) -> None:
        tasks = {task.id: task.ask_whom for task in interview.tasks(KNOWLEDGE, practice(KNOWLEDGE))}
        assert "service client" in tasks["rendez_vous.hds"]

    @pytest.mark.parametrize(
        ("question", "changed", "called_for"),
        [
            pytest.param("rendez_vous.contrat", {}, True, id="contract not read"),
            pytest.param("rendez_vous.contrat", {"contrat": "?"}, True, id="contract not known"),
            pytest.param("rendez_vous.contrat", {"contrat": True}, False, id="contract read"),
            pytest.param("rendez_vous.contrat", {"contrat": "-"}, False, id="contract skipped"),
            pytest.param("rendez_vous.contrat", {"canaux": ("telephone",)}, False, id="no online service"),
            pytest.param("rendez_vous.hds", {}, True, id="certificate not known"),
            pytest.param("rendez_vous.hds", {"hds": True}, False, id="certificate seen"),
            pytest.param("rendez_vous.motif", {}, True, id="free motive"),
            pytest.param("rendez_vous.motif", {"motif": "liste"}, False, id="list of motives"),
            pytest.param("rendez_vous.rappels", {}, False, id="neutral reminders"),
            pytest.param("rendez_vous.rappels", {"rappels": "detailles"}, True, id="telling reminders"),
            pytest.param("rendez_vous.rappels", {"rappels": "a_lire"}, True, id="reminders never read"),
            pytest.param("securite.verrouillage", {}, False, id="screens locked"),
            pytest.param("securite.verrouillage", {"verrouillage": False}, True, id="screens not locked"),
            pytest.param("securite.verrouillage", {"verrouillage": "?"}, True, id="screens not known"),
            pytest.param("securite.chiffrement", {}, False, id="disks encrypted"),
            pytest.param("securite.chiffrement", {"chiffrement": False}, True, id="disks not encrypted"),
            pytest.param("securite.sauvegardes", {}, False, id="backups every day"),
            pytest.param("securite.sauvegardes", {"sauvegardes": "jamais"}, True, id="no backups"),
            pytest.param("securite.copies", {}, False, id="an unplugged copy elsewhere"),
            pytest.param("securite.copies", {"copies": ("branchee",)}, True, id="backup plugged in"),
            pytest.param("personnel.engagement", {}, False, id="secrecy signed"),
            pytest.param("personnel.engagement", {"engagement": False}, True, id="secrecy not signed"),
        ],
    )
    def test_an_answer_calls_for_a_measure_when_something_is_to_be_done(
        self, question: str, changed: dict[str, object], called_for: bool
    ) -> None:
        theme = question.partition(".")[0]
        answers = practice(KNOWLEDGE, **{f"{theme}.{key}": value for key, value in changed.items()})
        reasons = [
            trigger
            for item in measures_of(answers).values()
            for trigger in item.measure.triggers
            if trigger.because in item.reasons
            and question in named(trigger.when)
            and holds(trigger.when, answers)
        ]
        assert bool(reasons) is called_for

    @pytest.mark.parametrize(
        ("theme", "without"),
        [
            ("videosurveillance", {}),
            ("recherches", {}),
            ("telemedecine", {}),
            ("communication", {}),
            ("mobiles", {"profil__outils": ("aucun",)}),
            ("site_internet", {"profil__outils": ("aucun",)}),
            ("personnel", {"profil__personnel": ("personne",)}),
            ("rendez_vous", {"profil__rendez_vous": False}),
        ],
    )
    def test_no_measure_and_no_entry_speak_of_what_the_practice_does_not_have(
        self, theme: str, without: dict[str, object]
    ) -> None:
        answers = practice(KNOWLEDGE, **without)
        activity = KNOWLEDGE.activity(theme)
        assert of_theme(list(measures_of(answers).values()), activity) == []
        assert not any(entry.theme == theme for entry in entries_of(answers).values())
        assert activity not in interview.applicable(KNOWLEDGE, answers)

    def test_a_server_at_the_practice_calls_for_no_certified_host_of_records(self) -> None:
        answers = practice(KNOWLEDGE, dossiers_patients__hebergement=("cabinet",))
        assert "dossiers_patients.hds" not in answers
        for item in of_theme(list(measures_of(answers).values()), KNOWLEDGE.activity("dossiers_patients")):
            assert not re.search(r"\bHDS\b|hébergeur certifié", item.measure.title), item.measure.id

    def test_records_kept_online_without_a_certificate_call_for_it(self) -> None:
        told = {"dossiers_patients__hebergement": ("en_ligne",), "dossiers_patients__hds": "?"}
        found = of_theme(
            list(measures_of(practice(KNOWLEDGE, **told)).values()), KNOWLEDGE.activity("dossiers_patients")
        )
        assert any("HDS" in " ".join((item.measure.title, *item.measure.steps)) for item in found)

    def test_alone_without_staff_they_are_not_told_to_appoint_a_dpo(self) -> None:
        found = measures_of(practice(KNOWLEDGE, profil__personnel=("personne",))).values()
        assert not any(item.measure.title.startswith("Désigner un délégué") for item in found)


def values(question: Question, chance: random.Random) -> object:
    """Any value that a question takes."""
    options = list(question.options)
    if question.kind == "bool":
        return chance.random() < 0.5
    if question.kind == "one":
        return chance.choice(options)
    if question.kind == "many":
        several = [option for option in options if option != question.none]
        if question.none and chance.random() < 0.25:
            return (question.none,)
        chosen = set(chance.sample(several, chance.randint(1, len(several))))
        return tuple(option for option in several if option in chosen)
    if question.kind == "number":
        return chance.randint(0, 20_000)
    return typical(question)


def drawn(seed: int, unknown: float, skipped: float, absent: float) -> dict[str, Answer]:
    """Answers to every question of the knowledge, relevant or not; some unknown, skipped or absent."""
    chance = random.Random(seed)
    answers: dict[str, Answer] = {}
    for activity in KNOWLEDGE.activities:
        for question in activity.questions:
            draw = chance.random()
            value = Answer.given(values(question, chance))
            if draw >= absent:
                draw -= absent
                answer = UNKNOWN if draw < unknown else SKIPPED if draw < unknown + skipped else value
                answers[f"{activity.id}.{question.id}"] = answer
    return answers


share = st.sampled_from([0.0, 0.1, 0.3])
recorded = st.builds(drawn, st.integers(0, 2**32), share, share, share)


def lines_of(entries: list[RegisterEntry]) -> Iterator[tuple[RegisterEntry, object, object]]:
    for entry in entries:
        for field in entry.fields:
            for line in field.lines:
                yield entry, field, line


@given(recorded)
def test_answering_the_next_question_comes_to_an_end_in_every_theme(answers: dict[str, Answer]) -> None:
    told: dict[str, Answer] = {}
    for activity in KNOWLEDGE.activities:
        if activity not in interview.applicable(KNOWLEDGE, told):
            continue
        asked = []
        while question := interview.next_question(activity, interview.effective(KNOWLEDGE, told)):
            key = f"{activity.id}.{question.id}"
            assert key not in asked, "asked twice"
            asked.append(key)
            told[key] = answers.get(key, UNKNOWN)
        progress = interview.progress(activity, interview.effective(KNOWLEDGE, told), confirmed=False)
        assert progress.state == "to_confirm" and progress.answered == progress.total == len(asked)
    # Nothing that was asked on the way is without effect at the end: earlier answers did not change.
    assert interview.effective(KNOWLEDGE, told) == told


@given(recorded)
def test_what_counts_is_part_of_what_was_recorded_and_stays_the_same_when_read_again(
    answers: dict[str, Answer],
) -> None:
    kept = interview.effective(KNOWLEDGE, answers)
    assert kept.items() <= answers.items()
    assert interview.effective(KNOWLEDGE, kept) == kept
    for key in kept:
        activity = KNOWLEDGE.activity(key.partition(".")[0])
        assert holds(activity.asks_when, kept) and holds(activity.question(key).when, kept)


@given(recorded)
def test_the_register_of_any_practice_has_no_empty_field_and_tells_its_least_sure_status(
    answers: dict[str, Answer],
) -> None:
    kept = interview.effective(KNOWLEDGE, answers)
    entries = build(KNOWLEDGE, kept)
    assert len({entry.id for entry in entries}) == len(entries)
    for entry in entries:
        controller, _, dpo = head(KNOWLEDGE, kept)
        assert (entry.field("controller"), entry.field("dpo")) == (controller, dpo)
        for field in entry.fields:
            assert field.lines
            assert field.status == min((line.status for line in field.lines), key=STATUSES.index)
            assert len(set(field.lines)) == len(field.lines)
    for entry, field, line in lines_of(entries):
        where = f"{entry.id}.{field.name}: {line.text}"
        assert line.text.strip(), where
        assert not re.search(r"[{}]", line.text + str(line.details)), where
        assert "Je ne sais pas" not in line.text and "Passée" not in line.text, where
        assert line.sources or line.status == "unknown", where
        assert set(line.sources) <= set(KNOWLEDGE.sources), where


@given(recorded)
def test_once_all_is_answered_nothing_in_the_register_is_missing(answers: dict[str, Answer]) -> None:
    # As told by one who answers everything to the end, and knows it all.
    told: dict[str, Answer] = {}
    for activity in KNOWLEDGE.activities:
        while activity in interview.applicable(KNOWLEDGE, told) and (
            question := interview.next_question(activity, interview.effective(KNOWLEDGE, told))
        ):
            key = f"{activity.id}.{question.id}"
            known = answers.get(key, UNKNOWN)
            told[key] = known if known.known else Answer.given(typical(question))
    for entry, field, line in lines_of(build(KNOWLEDGE, told)):
        assert not line.text.startswith(MISSING), f"{entry.id}.{field.name}: {line.text}"


@given(recorded)
def test_measures_come_once_each_with_reasons_from_answers_that_were_given(
    answers: dict[str, Answer],
) -> None:
    kept = interview.effective(KNOWLEDGE, answers)
    found = recommend(KNOWLEDGE, kept)
    assert len({item.measure.id for item in found}) == len(found)
    assert len({item.measure.title for item in found}) == len(found)
    applying = {activity.id for activity in interview.applicable(KNOWLEDGE, kept)}
    for item in found:
        assert item.reasons and all(reason.strip() for reason in item.reasons)
        assert len(set(item.reasons)) == len(item.reasons)
        met = [trigger for trigger in item.measure.triggers if holds(trigger.when, kept)]
        # At least one question of each reason was asked: nothing follows from what was never said.
        assert all(any(key in kept for key in named(trigger.when)) for trigger in met)
        assert any(theme in applying for theme in item.themes)
    ranks = [item.measure.priority for item in found]
    assert ranks == sorted(ranks, key=("urgent", "important", "utile").index)


@given(recorded)
def test_no_measure_comes_from_answers_that_do_not_count(answers: dict[str, Answer]) -> None:
    kept = interview.effective(KNOWLEDGE, answers)
    skipped_or_absent = {key: answer for key, answer in kept.items() if answer.state != "skipped"}
    assert recommend(KNOWLEDGE, kept) == recommend(KNOWLEDGE, skipped_or_absent)


@settings(max_examples=25, deadline=None)
@given(recorded)
def test_the_same_answers_give_the_same_register_and_are_left_as_they_are(
    answers: dict[str, Answer],
) -> None:
    before = copy.deepcopy(answers)
    first = build(KNOWLEDGE, answers), recommend(KNOWLEDGE, answers), interview.tasks(KNOWLEDGE, answers)
    backwards = dict(reversed(answers.items()))
    again = (
        build(KNOWLEDGE, backwards),
        recommend(KNOWLEDGE, backwards),
        interview.tasks(KNOWLEDGE, backwards),
    )
    assert first == again
    assert answers == before


@given(recorded)
def test_every_question_left_open_that_counts_is_one_task(answers: dict[str, Answer]) -> None:
    kept = interview.effective(KNOWLEDGE, answers)
    tasks = {task.id: task.state for task in interview.tasks(KNOWLEDGE, answers)}
    assert tasks == {key: answer.state for key, answer in kept.items() if not answer.known}
    assert len(tasks) == len(interview.tasks(KNOWLEDGE, answers))


def interviewed(answers: dict[str, Answer]) -> dict[str, Answer]:
    """What a practice says that is asked question after question; it stops where `answers` has none."""
    told: dict[str, Answer] = {}
    for activity in KNOWLEDGE.activities:
        while question := interview.next_question(activity, told):
            key = f"{activity.id}.{question.id}"
            if key not in answers:
                break
            told[key] = answers[key]
    return told


@given(recorded)
def test_any_interview_gives_a_whole_register_and_only_measures_that_were_called_for(
    answers: dict[str, Answer],
) -> None:
    told = interviewed(answers)
    assert interview.effective(KNOWLEDGE, told) == told
    for entry in build(KNOWLEDGE, told):
        assert [field.name for field in entry.fields] == list(FIELD_LABELS)
        assert all(field.lines for field in entry.fields)
    for entry, field, line in lines_of(build(KNOWLEDGE, told)):
        for text in (line.text, line.in_full, *(text for _, text in line.details)):
            assert not re.search(r"[{}]|\bNone\b|\bTrue\b|\bFalse\b", text), (
                f"{entry.id}.{field.name}: {text}"
            )
    called = {
        measure.id
        for measure in KNOWLEDGE.measures
        if any(holds(trigger.when, told) for trigger in measure.triggers)
    }
    assert {item.measure.id for item in recommend(KNOWLEDGE, told)} == called


@settings(max_examples=40, deadline=None)
@given(recorded)
def test_what_nobody_knows_to_be_in_place_is_asked_for_in_every_entry(answers: dict[str, Answer]) -> None:
    told = interviewed(answers)
    open_questions = [undecided(safeguard.when, told) for safeguard in KNOWLEDGE.safeguards]
    asks = {KNOWLEDGE.question(keys[0]).ask for keys in open_questions if keys and keys[0] in told}
    for entry in build(KNOWLEDGE, told):
        security = " ".join(line.text for line in entry.field("security").lines if line.status == "unknown")
        assert all(f"À préciser : {ask}" in security for ask in asks)


@settings(max_examples=40, deadline=None)
@given(recorded, recorded)
def test_what_was_confirmed_stays_so_only_for_as_long_as_it_reads_the_same(
    before: dict[str, Answer], after: dict[str, Answer]
) -> None:
    first = build(KNOWLEDGE, interviewed(before))
    decisions = {
        (entry.id, field.name): confirmation(field)
        for entry in first
        for field in entry.fields
        if field.confirmable
    }
    assert not any(
        field.confirmable
        for entry in build(KNOWLEDGE, interviewed(before), decisions)
        for field in entry.fields
    )
    told = interviewed(after)
    for plain, decided in zip(build(KNOWLEDGE, told), build(KNOWLEDGE, told, decisions), strict=True):
        for field, found in zip(plain.fields, decided.fields, strict=True):
            taken = decisions.get((plain.id, field.name))
            for line, now in zip(field.lines, found.lines, strict=True):
                confirmed = bool(taken) and line.status == "proposed" and line.in_full in taken.lines
                assert now.status == ("confirmed" if confirmed else line.status)
