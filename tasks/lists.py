"""The lists of sources: fetched politely, told whether they have changed, read in the pool."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from newsloom import clock
from newsloom.extract.dates import parse_date
from newsloom.fetch import Answer, Request, get
from newsloom.ids import content_hash
from newsloom.listings import Entry
from newsloom.pool.process import WorkerDied
from newsloom.settings import PollSettings
from newsloom.sources import Source
from newsloom.sources.reading import Reading, both_ends
from newsloom.vocabulary import PollOutcome, Reason, SourceKind
from tasks.context import Context
from tasks.standing import Standing

READ_SECONDS = 60.0
LIST_KIND = "list"
"""What a list's content is hashed as."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What a look at a source's list gave."""

    at: datetime
    outcome: PollOutcome
    conditional: bool
    http_status: int | None = None
    reason: str | None = None
    detail: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    content_hash: str | None = None
    entries: tuple[Entry, ...] = ()

    @property
    def newest_at(self) -> datetime | None:
        """The latest date that an entry has."""
        dates = [parse_date(e.published_at or e.updated_at or "") for e in self.entries]
        # A date from the future would hide that nothing new comes.
        return max((d.at for d in dates if d and d.at <= self.at), default=None)


def look_at(
    context: Context, group: Sequence[Source], standing: Mapping[str, Standing]
) -> list[Listed]:
    """Fetch and read the lists of some sources, in their order."""
    requests = [_request(source, standing[source.name], context) for source in group]
    answers = get(requests, context.settings, context.hosts)
    readings = _read(context, group, answers)
    first = [
        _listed(request, answer, reading)
        for request, answer, reading in zip(requests, answers, readings, strict=True)
    ]
    return _with_further_lists(context, group, first, readings)


def _request(source: Source, standing: Standing, context: Context) -> Request:
    """Ask for changes only, unless the last look failed or it is time for the whole list.

    Validators lie: some servers say 304 for ever. And a list that could not be read does not
    become readable by not having changed.
    """
    failed = standing.outcome in (None, PollOutcome.FAILED)
    if failed or _whole_is_due(standing, context.settings.poll):
        return Request(source.address, listing=True)
    return Request(source.address, standing.etag, standing.last_modified, listing=True)


def _whole_is_due(standing: Standing, limits: PollSettings) -> bool:
    """Tell whether the validators were trusted for long enough, by looks or by time.

    By looks alone, a source that is looked at once a day would hide its news for ten days; and
    every lie lengthens the pause to the next look.
    """
    if standing.whole_at is None or standing.conditional + 1 >= limits.full_every:
        return True
    age_hours = (clock.now() - standing.whole_at).total_seconds() / 3600
    # A list from the future was read while a clock was wrong.
    return not 0 <= age_hours < limits.full_after_hours


def _conditional(request: Request) -> bool:
    return bool(request.etag or request.last_modified)


def _read(
    context: Context, group: Sequence[Source], answers: Sequence[Answer]
) -> list[Reading | None]:
    """Read in worker processes what came; None for what did not."""
    futures = [
        context.pool.submit(
            "newsloom.sources.reading:read", source.kind, answer.content, answer.content_type,
            answer.final_url or answer.url, context.settings.ingest, timeout_seconds=READ_SECONDS,
        ) if answer.content is not None and answer.reason is None else None
        for source, answer in zip(group, answers, strict=True)
    ]  # fmt: skip
    readings: list[Reading | None] = []
    for future in futures:
        try:
            readings.append(future.result() if future else None)
        except WorkerDied as death:
            readings.append(Reading(reason=str(Reason.INTERNAL), detail=str(death)))
    return readings


def _listed(request: Request, answer: Answer, reading: Reading | None) -> Listed:
    failed = Listed(
        answer.fetched_at or clock.now(), PollOutcome.FAILED, _conditional(request), answer.status
    )
    if answer.reason is not None:
        return replace(failed, reason=str(answer.reason), detail=answer.detail)
    if answer.status == 304:
        return replace(failed, outcome=PollOutcome.NOT_MODIFIED)
    if reading is None or reading.reason is not None:
        why = reading or Reading(reason=str(Reason.EMPTY), detail="The answer was empty.")
        return replace(failed, reason=why.reason, detail=why.detail)
    return replace(
        failed,
        outcome=PollOutcome.READ,
        etag=answer.etag,
        last_modified=answer.last_modified,
        content_hash=content_hash(LIST_KIND, answer.content or b""),
        entries=reading.entries,
    )


def _with_further_lists(
    context: Context,
    group: Sequence[Source],
    listed: list[Listed],
    readings: Sequence[Reading | None],
) -> list[Listed]:
    """Follow the lists that sitemap indexes name, one level, and add their entries."""
    most = context.settings.poll.max_lists
    wanted = [
        (place, url)
        for place, reading in enumerate(readings)
        if reading is not None and group[place].kind == SourceKind.SITEMAP
        for url in both_ends(reading.more, most)
    ]
    if not wanted:
        return listed
    requests = [Request(url, listing=True) for _, url in wanted]
    answers = get(requests, context.settings, context.hosts)
    further = _read(context, [group[place] for place, _ in wanted], answers)
    parts = [
        _listed(request, answer, reading)
        for request, answer, reading in zip(requests, answers, further, strict=True)
    ]
    for place in sorted({place for place, _ in wanted}):
        own = [part for (at, _), part in zip(wanted, parts, strict=True) if at == place]
        listed[place] = _together(listed[place], own, len((readings[place] or Reading()).more))
    return listed


def _together(index: Listed, parts: Sequence[Listed], named: int) -> Listed:
    """Return what an index and its lists hold; where none could be read, the look has failed.

    An index changes its own validators only when a list is added, so it is no guide to theirs:
    its looks keep none.
    """
    failed = [part for part in parts if part.outcome == PollOutcome.FAILED]
    notes = [f"{len(failed)} of its lists could not be read: {failed[0].detail}"] if failed else []
    if named > len(parts):
        notes.append(f"{len(parts)} of its {named} lists were followed (poll.max_lists).")
    found = replace(index, detail=" ".join(notes) or None, etag=None, last_modified=None)
    if len(failed) == len(parts) and not index.entries:
        return replace(found, outcome=PollOutcome.FAILED, reason=failed[0].reason)
    entries = (*index.entries, *(entry for part in parts for entry in part.entries))
    return replace(found, entries=entries)
