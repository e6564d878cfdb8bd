"""Impact assessments as they are recorded, and read back with the practice's file."""

from __future__ import annotations

from bot.compliance.answers import Answer
from bot.compliance.dpia.assessment import Assessment
from bot.compliance.dpia.decided import grounds
from bot.compliance.measures import Decision
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


def test_a_version_that_was_decided_stays_as_it_was_and_tells_what_changed_since(
    records: Records, practice: int
) -> None:
    knowledge = load()
    settle(records, practice)
    with records.unit() as unit:
        opened = unit.cases.open(practice, "assessment")
        unit.cases.save(opened.id, ABOUT, Answer.given("dossiers_patients"))
        (before,) = PracticeFile.read(unit, knowledge, practice).assessments
        assert unit.assessments.keep(opened.id, grounds(before.dossier), b"%PDF un") == 1
        unit.cases.close(opened.id)
        unit.answers.save(practice, "profil.logiciel", Answer.given("Logiciel Neuf"))
    with records.unit() as unit:
        (closed,) = PracticeFile.read(unit, knowledge, practice).assessments
        (decided,) = closed.decided
        assert decided.content == grounds(before.dossier) and decided.decided_at == unit.clock.now()
        changed = {change.block: change.added for change in closed.changes}
        assert any("Logiciel Neuf" in text for text in changed["Logiciels et applications"])
        assert unit.assessments.document(opened.id, 1) == b"%PDF un"
        assert unit.assessments.document(opened.id, 2) is None
        # What the practitioner does next is another version; meanwhile the assessment is being written.
        unit.cases.reopen(opened.id)
        (reopened,) = PracticeFile.read(unit, knowledge, practice).assessments
        assert reopened.changes == () and reopened.decided == closed.decided
        assert unit.assessments.keep(opened.id, grounds(reopened.dossier), b"%PDF deux") == 2
        unit.cases.close(opened.id)
        (again,) = PracticeFile.read(unit, knowledge, practice).assessments
        assert again.changes == () and unit.assessments.document(opened.id, 1) == b"%PDF un"


def test_doing_what_was_planned_leaves_a_decision_as_it_is(records: Records, practice: int) -> None:
    knowledge = load()
    settle(records, practice)
    with records.unit() as unit:
        opened = unit.cases.open(practice, "assessment")
        unit.cases.save(opened.id, ABOUT, Answer.given("dossiers_patients"))
        file = PracticeFile.read(unit, knowledge, practice)
        unit.assessments.keep(opened.id, grounds(file.assessments[0].dossier), b"%PDF")
        unit.cases.close(opened.id)
        for item in file.assessments[0].dossier.plan:
            unit.decisions.save_measure(practice, item.measure.id, Decision("done"))
        (after,) = PracticeFile.read(unit, knowledge, practice).assessments
        assert file.assessments[0].dossier.plan and not after.dossier.plan and after.changes == ()


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
