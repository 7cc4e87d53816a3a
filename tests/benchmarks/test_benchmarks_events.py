"""The measures of events: right on small cases, and clear where the data is absent."""

from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from benchmarks.event_fit import PENALTIES, Samples, fit, precise_threshold, scores
from benchmarks.events import main
from benchmarks.quality import average_precision, quality
from newsloom.events.features import NAMES


@pytest.mark.parametrize("given", [[], ["/nowhere"]])
def test_absent_data_is_named(given: list[str]) -> None:
    result = CliRunner().invoke(main, given)
    assert result.exit_code == 1
    assert "semeval_pairs.jsonl.gz" in result.output
    assert "DATA=DIR" in result.output


def test_a_folder_without_the_file_is_named(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, [str(tmp_path)])
    assert str(tmp_path) in result.output


def test_quality_counts() -> None:
    found = quality(np.array([True, True, False, False]), np.array([1.0, 0.0, 1.0, 0.0]))
    assert found == (0.5, 0.5, 0.5, 2)
    assert average_precision(np.array([0.9, 0.5, 0.1]), np.array([1.0, 0.0, 1.0])) == pytest.approx(
        (1 + 2 / 3) / 2
    )


def test_the_threshold_is_the_least_that_is_precise_enough() -> None:
    given = np.linspace(1, 0.01, 100)
    labels = (given > 0.5).astype(np.float64)
    assert precise_threshold(given, labels) == pytest.approx(given[int(labels.sum() / 0.95) - 1])
    assert precise_threshold(given, np.zeros(100)) == 1.0


def test_signs_stay_sensible_whatever_the_data_says() -> None:
    draw = np.random.default_rng(1)
    rows = draw.random((80, len(NAMES)))
    labels = (rows[:, NAMES.index("overlap")] < 0.5).astype(np.float64)
    beta = fit(Samples(rows, labels, np.ones(80)))
    assert beta[1 + NAMES.index("overlap")] == 0
    assert beta[1 + NAMES.index("undated")] <= -PENALTIES["undated"]
    assert ((scores(beta, rows) >= 0) & (scores(beta, rows) <= 1)).all()
