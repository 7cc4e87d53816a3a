"""How many worker processes a run gets."""

import os

MOST_WORKERS = 8
"""Each one holds a language model of about 450 MB."""


def worker_count(wanted: int) -> int:
    """Return `wanted`, or one worker a core that this process may use where it is 0."""
    if wanted:
        return wanted
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return min(cores or 1, MOST_WORKERS)
