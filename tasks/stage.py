"""A stage: a function over batches, with how the orchestrator should treat it.

Stages know nothing of the orchestrator, so that a direct run need not load it: tracked.py turns
them into its tasks.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True)
class Stage(Generic[P, R]):
    """A named step of a flow. `retries` only where trying again can help."""

    function: Callable[P, R]
    name: str
    retries: int = 0
    retry_delay_seconds: float = 0

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """Run the step directly."""
        return self.function(*args, **kwargs)


class Call(Protocol):
    """How a flow runs its stages: directly, or as tasks of the orchestrator."""

    def __call__(self, stage: Stage[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run `stage` with the arguments."""
        ...


def directly(stage: Stage[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run a stage as the plain function that it is."""
    return stage(*args, **kwargs)


def stage(
    name: str, *, retries: int = 0, retry_delay_seconds: float = 0
) -> Callable[[Callable[P, R]], Stage[P, R]]:
    """Make a function a stage."""

    def decorate(function: Callable[P, R]) -> Stage[P, R]:
        return Stage(function, name, retries, retry_delay_seconds)

    return decorate
