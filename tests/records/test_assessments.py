"""Impact assessments as they are recorded, and read back with the practice's file."""

from __future__ import annotations

from bot.compliance.answers import Answer
from bot.compliance.dpia.assessment import Assessment
from bot.knowledge import load
from bot.records import PracticeFile, Records
from tests.compliance.dpia_practices import practice as plain

ABOUT = "fiche.traitement"


def settle(records: Records, practice: int) -> None:
    with records.unit() as unit:
        for question, answer in plain().items():
            unit.answers.save(practice, question, answer)


def test_an_assessment_is_what_its_answers_and_those_of_the_practice_make(
    records: Records, practice: int
) -> None:
    knowledge = load()
    settle(records, practice)
    with records.unit() as unit:
        opened = unit.cases.open(practice, "assessment")
        unit.cases.save(opened.id, ABOUT, Answer.given("facturation"))
        unit.cases.save(opened.id, "aipd.apercu", Answer.given("Nos factures"))
    with records.unit() as unit:
        file = PracticeFile.read(unit, knowledge, practice)
    (found,) = file.assessments
    assert (
        found.record.reference == "A-2026-001" and found.title == f"A-2026-001 – {found.dossier.entry.title}"
    )
    entry = next(one for one in file.register if one.id == "facturation")
    told = {**file.recorded, ABOUT: Answer.given("facturation"), "aipd.apercu": Answer.given("Nos factures")}
    expected = Assessment(knowledge, entry, told, file.measures)
    assert found.dossier.sections == expected.sections and found.dossier.events == expected.events
    assert found.screened == file.screening.of("facturation")
    assert file.assessment(1) == file.assessment_of("facturation") == found
    assert file.assessment(2) is None and file.assessment_of("rendez_vous") is None


def test_each_kind_of_case_is_counted_on_its_own(records: Records, practice: int) -> None:
    with records.unit() as unit:
        numbers = [
            unit.cases.open(practice, kind).reference for kind in ("breach", "assessment", "assessment")
        ]
    assert numbers == ["V-2026-001", "A-2026-001", "A-2026-002"]


def test_one_of_an_entry_that_the_knowledge_no_longer_has_is_left_out_and_kept(
    records: Records, practice: int
) -> None:
    settle(records, practice)
    with records.unit() as unit:
        gone = unit.cases.open(practice, "assessment")
        unit.cases.save(gone.id, ABOUT, Answer.given("disparue"))
        unit.cases.open(practice, "assessment")
    with records.unit() as unit:
        file = PracticeFile.read(unit, load(), practice)
        assert file.assessments == () and len(file.assessed) == 2


def test_erasing_a_practice_erases_its_assessments(records: Records, practice: int) -> None:
    with records.unit() as unit:
        opened = unit.cases.open(practice, "assessment")
        unit.cases.save(opened.id, ABOUT, Answer.given("facturation"))
    with records.unit() as unit:
        unit.practices.erase(practice)
    with records.unit() as unit:
        assert unit.cases.all(practice, "assessment") == [] and unit.cases.answers(opened.id) == {}
