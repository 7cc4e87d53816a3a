"""Trains the scorer of events on labelled pairs and writes its coefficients.

    python -m benchmarks.event_training DATA           print them
    python -m benchmarks.event_training DATA --write   write newsloom/events/model.json

All labelled pairs are used, those of one language too: marks mean the same in every language. The
window and the scores to keep and link from are not fitted but set here, with a look at held-out
scores; benchmarks/events.py says what they cost and bring on pairs that the fit has not seen.
"""

import json
from pathlib import Path

import click

from benchmarks.event_fit import fit, samples, stranger_samples
from benchmarks.event_pairs import load
from newsloom.events.features import NAMES

TARGET = Path(__file__).parents[1] / "newsloom" / "events" / "model.json"
VERSION = 1
KEEP_SCORE = 0.3
LINK_SCORE = 0.5
WINDOW_DAYS = 5


def train(data: Path) -> dict[str, object]:
    """Return the content of model.json."""
    pairs = load(data)
    crossing = [pair for pair in pairs if pair.crosses]
    beta = fit(samples(pairs).plus(stranger_samples(crossing)))
    return {
        "version": VERSION,
        "note": "Made by: python -m benchmarks.event_training DATA --write",
        "intercept": round(float(beta[0]), 3),
        "coefficients": {
            name: round(float(value), 3) for name, value in zip(NAMES, beta[1:], strict=True)
        },
        "keep_score": KEEP_SCORE,
        "link_score": LINK_SCORE,
        "window_days": WINDOW_DAYS,
    }


@click.command()
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--write", is_flag=True, help="Write model.json.")
def main(data: Path, write: bool) -> None:
    """Fit the model of events to the labelled pairs in DATA."""
    text = json.dumps(train(data), indent=2) + "\n"
    if write:
        TARGET.write_text(text, encoding="utf-8")
    click.echo(text, nl=False)


if __name__ == "__main__":
    main()
