"""The bench's tables say what was measured, and show nothing of what is held out."""

from __future__ import annotations

from pathlib import Path

import yaml

from bench.measure import Outcome
from bench.report import Benched, by_halves, floors, mistakes, styles, table
from bench.run import Run
from bench.train import Trained

SETS = ("commands", "dossiers", "questions", "answers", "faq", "out_of_scope", "moments", "entities")


def benched(name: str, right: tuple[bool, ...], milliseconds: float) -> Benched:
    outcomes = [
        Outcome(
            number, f"utterance {number}", "sms" if number < 2 else "long", ("a",), ("a" if good else "b",)
        )
        for number, good in enumerate(right)
    ]
    run = Run(dict.fromkeys(SETS, outcomes), milliseconds)
    return Benched(name, Trained(Path("model"), 10 * milliseconds, 2.5), run)


OURS = benched("Ours", (True, True, True, False), 12.0)
THEIRS = benched("Theirs", (False, False, True, False), 48.0)


def row(lines: list[str], title: str) -> list[str]:
    return next(line for line in lines if line.startswith(title)).removeprefix(title).split()


def test_the_table_sets_two_systems_side_by_side() -> None:
    lines = list(table([OURS, THEIRS]))
    assert row(lines, "answers understood") == ["92.0%", "75.0%", "25.0%", "+50.0"]
    assert row(lines, "milliseconds per message") == ["12.0", "48.0", "×", "0.25"]
    assert row(lines, "training, seconds") == ["120.0", "480.0", "×", "0.25"]
    assert row(lines, "model, megabytes") == ["2.5", "2.5", "×", "1.00"]


def test_one_system_is_compared_with_nothing() -> None:
    lines = list(table([OURS]))
    assert row(lines, "answers understood") == ["92.0%", "75.0%"]
    assert row(lines, "model, megabytes") == ["2.5"]


def test_styles_under_their_aim_are_marked() -> None:
    lines = list(styles(OURS))
    assert row(lines, "Ours, by style") == ["long", "sms"]
    assert row(lines, "answers understood") == ["!50.0%", "100.0%"]


def test_each_half_has_its_figure() -> None:
    assert row(list(by_halves(OURS)), "answers understood") == ["100.0%", "50.0%"]


def test_floors_are_rounded_down() -> None:
    two_of_three = benched("Ours", (True, False, True), 12.0)
    content = yaml.safe_load("\n".join(floors(two_of_three)))
    assert content["figures"]["answers"] == 66
    assert content["styles"]["answers"] == {"long": 100, "sms": 50}


def test_utterances_held_out_are_not_shown() -> None:
    shown = "\n".join(mistakes("answers", THEIRS.run.outcomes["answers"]))
    assert "a → b (1)" in shown
    assert "utterance 0" in shown
    assert "utterance 1" not in shown and "utterance 3" not in shown
