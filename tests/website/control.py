"""How tests steer the site: requests to /_control/NAME, arguments and answer as JSON."""

import datetime
import json
from typing import Any

from website.pages import path_of
from website.state import World
from website.wire import Ask, Reply


def control(world: World, ask: Ask) -> Reply:
    """Do what is asked and answer with what it returns."""
    arguments = json.loads(ask.body or b"{}")
    result = _ACTIONS[ask.path.removeprefix("/_control/")](world, **arguments)
    return Reply(json.dumps(result).encode(), headers={"Content-Type": "application/json"})


def _publish(world: World, host: str, count: int) -> list[int]:
    return world.hosts[host].publish(count, world.now)


def _edit(world: World, host: str, number: int, what: str) -> None:
    """Change an article: its `words`, its `frame` only, or let it be `gone`."""
    article = world.hosts[host].articles[number]
    article.touched += 1
    if what == "words":
        article.version += 1
        article.updated_at = world.now
    elif what == "gone":
        article.gone = True


def _robots(world: World, host: str, text: str | None, status: int) -> None:
    world.hosts[host].robots, world.hosts[host].robots_status = text, status


def _mode(world: World, host: str, **modes: str) -> None:
    """Set modes of a host; an empty value takes one back."""
    kept = world.hosts[host].modes | modes
    world.hosts[host].modes = {name: value for name, value in kept.items() if value}


def _now(world: World, at: str) -> None:
    world.now = datetime.datetime.fromisoformat(at)


def _reset(world: World) -> None:
    world.reset()


def _paths(world: World, host: str) -> dict[int, str]:
    held = world.hosts[host]
    return {number: path_of(held, article) for number, article in held.articles.items()}


def _log(world: World, since: int) -> list[dict[str, Any]]:
    return world.log[since:]


_ACTIONS = {
    "publish": _publish, "edit": _edit, "robots": _robots, "mode": _mode, "now": _now,
    "reset": _reset, "paths": _paths, "log": _log,
}  # fmt: skip
