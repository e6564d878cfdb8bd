"""What was found in a supplier's contract is kept with what was made of it; its text only when asked."""

from __future__ import annotations

from datetime import timedelta

from bot.compliance.answers import Answer
from bot.compliance.processors import Finding, Passage
from bot.records import Records
from bot.records.contracts import Reading
from tests.records.conftest import NOW, Open, SetClock

PASSAGE = Passage("Les données sont effacées.", 12, 3, "Article 8")
FOUND = {
    "fin": Finding("fin", PASSAGE, "forte", 0.91),
    "audits": Finding("audits", None, "faible", 0.2),
}
READING = Reading("contrat.pdf", 4, (2, 3), True, "Tout le texte.")


def opened(records: Records, practice: int) -> int:
    with records.unit() as unit:
        return unit.cases.open(practice, "contract").id


def test_what_was_found_comes_back_after_a_restart(open_records: Open, clock: SetClock) -> None:
    records = open_records()
    with records.unit() as unit:
        record = unit.cases.open(unit.practices.only(), "contract")
        assert record.reference == "C-2026-001"
        unit.contracts.keep(record.id, READING, FOUND)
        unit.contracts.decide(record.id, "fin", "confirmed")
        # Where nothing was found, there is nothing to decide on.
        unit.contracts.decide(record.id, "audits", "confirmed")
        unit.contracts.decide(record.id, "duree", "confirmed")
    clock.time += timedelta(days=1)
    with open_records().unit() as unit:
        assert unit.contracts.findings(record.id) == {
            "fin": Finding("fin", PASSAGE, "forte", 0.91, "confirmed"),
            "audits": FOUND["audits"],
        }
        reading = unit.contracts.reading(record.id)
        assert reading == Reading("contrat.pdf", 4, (2, 3), True, "Tout le texte.", NOW)


def test_another_contract_takes_the_place_of_the_first(records: Records, practice: int) -> None:
    case = opened(records, practice)
    with records.unit() as unit:
        unit.contracts.keep(case, READING, FOUND)
        unit.contracts.decide(case, "fin", "rejected")
        unit.contracts.keep(case, Reading(), {"audits": Finding("audits", PASSAGE, "faible", 0.6)})
        assert set(unit.contracts.findings(case)) == {"audits"}
        reading = unit.contracts.reading(case)
        assert reading is not None and (reading.name, reading.text) == ("", "")


def test_the_text_is_forgotten_and_what_was_found_stays(records: Records, practice: int) -> None:
    case = opened(records, practice)
    with records.unit() as unit:
        unit.contracts.forget_text(case)
        unit.contracts.keep(case, READING, FOUND)
        unit.contracts.forget_text(case)
        reading = unit.contracts.reading(case)
        assert reading is not None and reading.text == "" and unit.contracts.findings(case) == FOUND


def test_a_case_that_is_removed_leaves_nothing_and_no_other_goes_with_it(
    records: Records, practice: int
) -> None:
    first, second = opened(records, practice), opened(records, practice)
    with records.unit() as unit:
        unit.cases.open(practice, "request")
        for case in (first, second):
            unit.contracts.keep(case, READING, FOUND)
            unit.cases.save(case, "contrat.nom", Answer.given("Nuage SA"))
        unit.cases.remove(first)
    with records.unit() as unit:
        assert [one.id for one in unit.cases.all(practice, "contract")] == [second]
        assert unit.contracts.findings(first) == {} and unit.contracts.reading(first) is None
        assert unit.cases.answers(first) == {} and unit.cases.answers(second) != {}
        assert len(unit.cases.all(practice, "request")) == 1


def test_erasing_a_practice_erases_its_contracts(records: Records, practice: int) -> None:
    case = opened(records, practice)
    with records.unit() as unit:
        unit.contracts.keep(case, READING, FOUND)
        unit.practices.erase(practice)
        assert unit.contracts.findings(case) == {} and unit.contracts.reading(case) is None
