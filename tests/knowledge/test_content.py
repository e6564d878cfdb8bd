"""What must hold for the whole of `knowledge/`, whatever is written there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from bot.knowledge import Activity, Entry, Question, load
from bot.knowledge.model import Condition
from bot.knowledge.validation import parts, problems

KNOWLEDGE = load()
READ_ON = date(2026, 11, 24)

QUESTIONS = [
    pytest.param(activity, question, id=f"{activity.id}.{question.id}")
    for activity in (*KNOWLEDGE.activities, KNOWLEDGE.dpia.questionnaire, KNOWLEDGE.dpia.analysis)
    for question in activity.questions
]
ENTRIES = [
    pytest.param(activity, entry, id=f"{activity.id}.{entry.id}")
    for activity in KNOWLEDGE.activities
    for entry in activity.register
]
THEMES = [pytest.param(activity, id=activity.id) for activity in KNOWLEDGE.activities]
MEASURES = [pytest.param(measure, id=measure.id) for measure in KNOWLEDGE.measures]


def texts(node: object) -> Iterator[str]:
    """Every text inside a structure of the knowledge."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for value in node.values():
            yield from texts(value)
    elif isinstance(node, tuple):
        for value in node:
            yield from texts(value)
    elif hasattr(node, "__struct_fields__"):
        for name in node.__struct_fields__:
            if name not in ("id", "when", "asks_when", "sources", "url"):
                yield from texts(getattr(node, name))


def test_the_knowledge_is_valid() -> None:
    assert list(problems(KNOWLEDGE)) == []


@pytest.mark.parametrize(
    "guide",
    [
        "dossiers patients",
        "prise de rendez-vous",
        "messagerie électronique",
        "tablettes et téléphones portables",
        "télémédecine",
        "recherches",
    ],
)
def test_every_theme_of_the_guide_is_covered_by_a_theme_with_an_entry(guide: str) -> None:
    covering = [activity for activity in KNOWLEDGE.activities if guide in activity.guide.lower()]
    assert any(activity.register for activity in covering)


@pytest.mark.parametrize(
    "obligation", ["sécurisation", "information", "droits", "violations", "sous-traitance"]
)
def test_every_obligation_of_the_guide_is_covered_by_a_theme(obligation: str) -> None:
    assert any(obligation in activity.guide.lower() for activity in KNOWLEDGE.activities)


@pytest.mark.parametrize("activity", THEMES)
def test_a_theme_has_five_to_twelve_questions(activity: Activity) -> None:
    assert 5 <= len(activity.questions) <= 12


def test_themes_have_positions_of_their_own() -> None:
    positions = [activity.position for activity in KNOWLEDGE.activities]
    assert positions == sorted(set(positions))


@pytest.mark.parametrize("activity", THEMES)
def test_the_first_question_of_a_theme_always_applies(activity: Activity) -> None:
    # Otherwise a theme could apply and have nothing to ask.
    assert any(question.when == {} for question in activity.questions)


@pytest.mark.parametrize(("name", "source"), KNOWLEDGE.sources.items(), ids=list(KNOWLEDGE.sources))
def test_a_source_has_an_address_a_date_and_a_grade(name: str, source: object) -> None:
    assert source.title.strip()
    assert source.grade in KNOWLEDGE.grades
    assert READ_ON - timedelta(days=366) <= source.checked <= READ_ON + timedelta(days=366)
    assert re.fullmatch(r"https?://\S+", source.url) or (source.grade == "guide" and not source.url)


def test_every_grade_is_explained() -> None:
    assert set(KNOWLEDGE.grades) == {"V1", "V1t", "V2", "C+", "C?", "guide"}
    assert all(text.strip() for text in KNOWLEDGE.grades.values())


@pytest.mark.parametrize(("activity", "question"), QUESTIONS)
def test_a_question_is_short_asks_one_thing_and_says_why(activity: Activity, question: Question) -> None:
    assert len(question.ask) <= 160
    assert question.ask.rstrip().endswith("?") and question.ask.count("?") == 1
    assert question.label.strip() and not question.label.endswith((".", "?"))
    assert question.why.strip().endswith((".", "!", "»"))
    assert question.sources


@pytest.mark.parametrize(("activity", "question"), QUESTIONS)
def test_not_knowing_and_skipping_are_not_written_as_options(activity: Activity, question: Question) -> None:
    for option, label in question.options.items():
        assert option not in ("unknown", "skipped", "ne_sait_pas", "passer")
        assert not re.search(r"\bne sais? pas\b|\bpasser\b", label, re.IGNORECASE)


@pytest.mark.parametrize(("activity", "question"), QUESTIONS)
def test_options_read_differently_and_no_wording_names_two(activity: Activity, question: Question) -> None:
    labels = [label.lower() for label in question.options.values()]
    assert len(labels) == len(set(labels))
    wordings = [word.lower() for words in question.words.values() for word in set(map(str.lower, words))]
    assert {word for word in wordings if wordings.count(word) > 1} == set()


@pytest.mark.parametrize(("activity", "question"), QUESTIONS)
def test_who_can_tell_reads_well_after_a_demander(activity: Activity, question: Question) -> None:
    # « à demander à … »: a noun phrase with its determiner, no capital, no full stop.
    assert re.fullmatch(r"|(?:le|la|les|l'|l’|votre|vos|chaque|un|une)\b.*[^.]", question.ask_whom)


@pytest.mark.parametrize(("activity", "entry"), ENTRIES)
def test_an_entry_has_a_line_in_every_field_of_the_register(activity: Activity, entry: Entry) -> None:
    recipients = entry.recipients
    for lines in (
        entry.purposes,
        entry.data,
        entry.data_subjects,
        recipients.internal,
        recipients.external,
        recipients.processors,
        entry.transfers,
        entry.retention,
        entry.software,
        entry.media,
    ):
        assert lines


@pytest.mark.parametrize(("activity", "entry"), ENTRIES)
def test_sensitive_data_has_its_article_9_condition(activity: Activity, entry: Entry) -> None:
    if any(line.sensitive for line in entry.data):
        assert any(purpose.article_9 for purpose in entry.purposes)


@pytest.mark.parametrize(("activity", "entry"), ENTRIES)
def test_a_placeholder_follows_from_a_condition_under_which_its_question_is_asked(
    activity: Activity, entry: Entry
) -> None:
    # A line that names an answer must not hold when the question behind it was never asked.
    for line in parts(entry):
        for name in re.findall(r"\{([^{}]+)\}", " ".join(texts(line))):
            assert KNOWLEDGE.question(name).when == {} or line.when != {}, line


@pytest.mark.parametrize("measure", MEASURES)
def test_a_measure_is_short_actionable_and_explains_itself(measure: object) -> None:
    assert re.match(r"(?:Ne (?:plus|pas|rien) )?(?:S[e'’] ?)?\w+(?:r|re)\b", measure.title)
    assert 1 <= len(measure.steps) <= 3
    assert all(step.strip().endswith((".", "»", "!")) for step in measure.steps)
    assert all(trigger.because.strip().endswith(".") for trigger in measure.triggers)
    assert measure.words


def test_triggers_of_a_measure_never_have_the_same_condition_twice() -> None:
    for measure in KNOWLEDGE.measures:
        conditions: list[Condition] = [trigger.when for trigger in measure.triggers]
        assert all(conditions.count(condition) == 1 for condition in conditions), measure.id


def test_a_practitioner_reads_no_emoji_and_no_leftover_mark() -> None:
    for text in texts(KNOWLEDGE):
        assert not re.search("[\U0001f000-\U0001faff\u2600-\u27bf]|TODO|XXX|lorem", text), text


def entry(theme: str, entry_id: str) -> Entry:
    return next(one for one in KNOWLEDGE.activity(theme).register if one.id == entry_id)


class TestStableFactsOfTheLaw:
    def test_patient_records_follow_the_benchmark_of_five_plus_fifteen_years(self) -> None:
        retention = entry("dossiers_patients", "dossiers_patients").retention
        assert any(
            re.search(r"\b(?:5|cinq) ans\b", line.active)
            and re.search(r"\b(?:15|quinze) ans\b", line.archive)
            for line in retention
        )
        told = " ".join(text for line in retention for text in texts(line)).lower()
        assert "repère" in told

    def test_appointments_rest_on_the_legitimate_interest(self) -> None:
        assert {purpose.basis for purpose in entry("rendez_vous", "rendez_vous").purposes} == {
            "interet_legitime"
        }

    def test_consent_is_not_the_basis_of_care(self) -> None:
        purposes = entry("dossiers_patients", "dossiers_patients").purposes
        assert "consentement" not in {purpose.basis for purpose in purposes}
        assert any(purpose.article_9 == "h" for purpose in purposes)

    def test_a_psychologist_is_not_told_of_the_eight_days_as_a_duty(self) -> None:
        """CSP art. L. 1111-7 names health professionals and establishments."""
        one = next(one for one in KNOWLEDGE.faq if one.id == "demandes_delai")
        (case,) = [case for case in one.cases if case.when == {"profil.profession": "psychologue"}]
        assert "Un mois" in case.answer and "visent les professionnels de santé" in case.answer

    def test_video_is_kept_one_month_at_most(self) -> None:
        retention = entry("videosurveillance", "videosurveillance").retention
        assert any("un mois au plus" in line.active.lower() for line in retention)
        told = " ".join(text for line in retention for text in texts(line)).lower()
        assert not re.search(r"\b(?:deux|trois|six|[2-9]|1\d) mois\b", told)

    def test_candidates_are_kept_two_years_at_most(self) -> None:
        retention = entry("personnel", "recrutement").retention
        (line,) = [line for line in retention if "non retenues" in line.data]
        assert re.search(r"\b(?:2|deux) ans\b", f"{line.active} {line.archive}")

    def test_the_double_of_an_electronic_claim_form_is_kept_ninety_days(self) -> None:
        retention = entry("facturation", "facturation").retention
        (line,) = [line for line in retention if "Double" in line.data]
        assert re.search(r"\b(?:90|quatre-vingt-dix) jours\b", line.active)

    def test_a_server_at_the_practice_needs_no_certified_host(self) -> None:
        hds = KNOWLEDGE.question("dossiers_patients.hds")
        assert hds.when == {"dossiers_patients.hebergement": "en_ligne"}

    def test_nobody_is_told_that_a_solo_practice_must_have_a_dpo(self) -> None:
        wide = KNOWLEDGE.question("profil.plus_de_10000_patients")
        assert "repère" in wide.why
        assert "seul" not in str(wide.when)

    @pytest.mark.parametrize("basis", ["consentement", "contrat", "obligation_legale", "interet_legitime"])
    def test_a_lawful_basis_names_its_article(self, basis: str) -> None:
        assert "6(1)" in KNOWLEDGE.lawful_bases[basis].article

    @pytest.mark.parametrize("condition", ["a", "h"])
    def test_an_article_9_condition_names_its_letter(self, condition: str) -> None:
        assert f"9(2)({condition})" in KNOWLEDGE.article_9[condition].article
