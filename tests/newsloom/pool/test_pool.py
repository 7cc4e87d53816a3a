"""The pool of worker processes: order, errors, deaths, and nothing left behind."""

import os
import subprocess
import sys
import time

import psutil
import pytest

from newsloom.pool import Pool
from newsloom.pool.process import WorkerDied


def test_results_come_in_order() -> None:
    with Pool(2) as pool:
        assert pool.map("operator:neg", [(n,) for n in range(20)]) == [-n for n in range(20)]


def test_an_error_in_a_worker_is_raised_here_and_the_worker_goes_on() -> None:
    with Pool(1) as pool:
        with pytest.raises(ZeroDivisionError):
            pool.map("operator:truediv", [(1, 0)])
        assert pool.map("operator:truediv", [(1, 2)]) == [0.5]


def test_a_worker_that_dies_is_replaced() -> None:
    with Pool(1) as pool:
        with pytest.raises(WorkerDied, match="os:abort"):
            pool.map("os:abort", [()])
        assert pool.map("operator:neg", [(1,)]) == [-1]


def test_a_library_that_prints_does_not_break_the_protocol() -> None:
    with Pool(1) as pool:
        assert pool.map("builtins:print", [("noise",)]) == [None]
        assert pool.map("operator:neg", [(1,)]) == [-1]


def test_few_jobs_stay_on_the_warm_worker() -> None:
    with Pool(2) as pool:
        pool.warm("os:getpid")
        pids = pool.map("os:getpid", [()] * 4, warmed_by="os:getpid")
        assert len(set(pids)) == 1


def test_no_process_is_started_before_there_is_work() -> None:
    before = len(psutil.Process().children())
    with Pool(4):
        assert len(psutil.Process().children()) == before


def test_workers_end_with_the_pool() -> None:
    with Pool(2) as pool:
        pids = set(pool.map("os:getpid", [()] * 8))
    assert not any(psutil.pid_exists(pid) for pid in pids)


def test_workers_do_not_outlive_a_killed_parent() -> None:
    program = (
        "from newsloom.pool import Pool; import time\n"
        "pool = Pool(1); print(pool.map('os:getpid', [()])[0], flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        os.kill(parent.pid, 9)
    for _ in range(100):
        if not psutil.pid_exists(worker):
            return
        time.sleep(0.1)
    pytest.fail("the worker outlived its parent")


def test_workers_import_neither_the_orchestrator_nor_the_commands() -> None:
    with Pool(1) as pool:
        pool.map("newsloom.prepare:prepare", [_nothing()])
        loaded = set(pool.map("newsloom.pool.worker:loaded_modules", [()])[0])
    assert "newsloom.prepare" in loaded
    assert not loaded & {"prefect", "cli", "flows", "tasks", "warehouse"}


def _nothing() -> tuple[object, object]:
    from newsloom.schema import ITEM
    from newsloom.settings import Settings

    return ITEM.empty_table(), Settings()


def test_a_job_that_hangs_is_ended() -> None:
    with Pool(1) as pool:
        with pytest.raises(WorkerDied, match="longer than"):
            pool.submit("time:sleep", 30, timeout_seconds=0.3).result()
        assert pool.map("operator:neg", [(1,)]) == [-1]
