"""When a source is looked at next: sooner where much is new; it is never given up."""

from datetime import datetime, timedelta

import pytest

from newsloom.settings import PollSettings
from newsloom.sources import Due, Look, Source, next_look
from newsloom.sources.schedule import NEVER
from newsloom.vocabulary import Reason

SOURCE = Source(name="Gazette", address="https://example.org/feed.xml")
LIMITS = PollSettings()
AT = datetime(2024, 5, 1, 12)


def after(looks: list[tuple[int, int]], source: Source = SOURCE) -> list[float]:
    """Return the intervals after looks of (entries, new ones)."""
    due, intervals = NEVER, []
    for entries, new in looks:
        due = next_look(source, due, Look(AT, entries, new), LIMITS)
        intervals.append(due.interval_seconds)
    return intervals


def failing(reason: Reason, times: int, before: Due = NEVER) -> list[Due]:
    found = [before]
    for _ in range(times):
        found.append(next_look(SOURCE, found[-1], Look(AT, reason=reason), LIMITS))
    return found[1:]


def test_more_than_a_third_new_is_sooner_and_less_is_later() -> None:
    assert after([(30, 11)]) == [1800]
    assert after([(30, 10)]) == [4500]
    assert after([(0, 0)]) == [4500]


def test_intervals_stay_between_ten_minutes_and_a_day() -> None:
    assert after([(10, 10)] * 20)[-1] == 600
    assert after([(10, 0)] * 40)[-1] == 86_400


def test_a_source_settles_where_a_third_is_new() -> None:
    """Five entries an hour in a list of thirty: every two hours, give or take."""
    due = NEVER
    seen = []
    for _ in range(60):
        new = min(round(5 * due.interval_seconds / 3600), 30)
        due = next_look(SOURCE, due, Look(AT, 30, new), LIMITS)
        seen.append(due.interval_seconds / 3600)
    assert min(seen[20:]) > 0.9
    assert max(seen[20:]) < 3


def test_a_fixed_schedule_is_kept() -> None:
    fixed = Source(name="Gazette", address="https://example.org/", schedule="every 6 hours")
    assert after([(10, 10), (10, 0)], fixed) == [21_600, 21_600]


def test_what_is_gone_backs_off_four_times_as_fast_as_what_is_down() -> None:
    gone = failing(Reason.HTTP_GONE, 3)
    down = failing(Reason.FETCH_TIMEOUT, 12)
    assert [due.at - AT for due in gone] == [timedelta(hours=h) for h in (2, 4, 8)]
    assert down[-1].at == gone[-1].at
    assert [due.failures for due in gone] == [1, 2, 3]


@pytest.mark.parametrize("reason", [Reason.HTTP_GONE, Reason.HTTP_ERROR])
def test_nothing_is_given_up(reason: Reason) -> None:
    pauses = [due.at - AT for due in failing(reason, 2000)]
    assert max(pauses) == pauses[-1] == timedelta(days=30)


def test_a_success_ends_the_streak_and_the_interval_is_as_before() -> None:
    last = failing(Reason.HTTP_ERROR, 5, Due(7200, AT))[-1]
    assert last.interval_seconds == 7200
    due = next_look(SOURCE, last, Look(AT, 30, 10), LIMITS)
    assert (due.failures, due.failure_weight, due.interval_seconds) == (0, 0, 9000)


def test_a_host_that_asks_for_a_pause_gets_it() -> None:
    late = AT + timedelta(days=3)
    for reason in (None, str(Reason.RATE_LIMITED)):
        assert next_look(SOURCE, NEVER, Look(AT, 1, 1, reason, late), LIMITS).at == late
