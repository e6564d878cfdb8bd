"""`python -m bench`: Vigie's understanding and stock Rasa, trained and measured side by side."""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

import yaml

from bench import contracts, report, stock, unseen
from bench.report import Benched
from bench.run import run
from bench.systems import Stock, Vigie
from bench.train import train
from bot import knowledge
from bot.settings import ROOT


def main() -> None:
    """Train, measure, and print what came of it; progress goes to stderr."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", choices=["ours"], help="leave out stock Rasa, which takes long to train")
    parser.add_argument(
        "--epochs", type=int, default=stock.EPOCHS, help="of stock Rasa (default: %(default)s)"
    )
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        systems = [_bench(Vigie, ROOT / "config.yml", folder)]
        if chosen.only != "ours":
            config = folder / "stock.yml"
            config.write_text(yaml.safe_dump(stock.config(chosen.epochs)), "utf-8")
            systems.append(_bench(Stock, config, folder))
    parts = [report.table(systems), *map(report.styles, systems), report.by_halves(systems[0])]
    parts += [report.mistakes(name, outcomes) for name, outcomes in systems[0].run.outcomes.items()]
    parts += [unseen.table(unseen.measure()), contracts.table(knowledge.load().processors.clauses.clauses)]
    parts += [report.floors(systems[0])]
    print("\n\n".join("\n".join(part) for part in parts))


def _bench(kind: type[Vigie] | type[Stock], config: Path, folder: Path) -> Benched:
    print(f"training {kind.name}…", file=sys.stderr)
    trained = train(config, kind.__name__.lower(), folder)
    print(f"measuring {kind.name}…", file=sys.stderr)
    return Benched(kind.name, trained, asyncio.run(run(kind(trained.path, knowledge.load()))))


if __name__ == "__main__":
    main()
