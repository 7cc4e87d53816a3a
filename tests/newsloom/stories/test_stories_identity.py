"""Identity: ids that stay, and a history of everything that happens to them."""

from dataclasses import dataclass

from newsloom.ids import story_id
from newsloom.stories import assign, history


@dataclass
class Group:
    """Stands for a cluster: all that identity asks of one."""

    article_ids: list[str]

    def founder_order(self) -> list[str]:
        return sorted(self.article_ids)


def settle(before: dict[str, str], *groups: str) -> tuple[dict[str, str], list[tuple[str, ...]]]:
    """Return the new membership and the events; groups are strings of one-letter articles."""
    named = assign([Group(list(group)) for group in groups], before, set())  # type: ignore[misc]
    after = {article: name for name, group in named for article in group.article_ids}
    events = [(h.event.value, h.story_id, h.other_story_id or "") for h in history(named, before)]
    return after, events


def test_two_singles_give_the_same_id_whoever_came_first() -> None:
    after_a, _ = settle({"a": story_id("a")}, "ab")
    after_b, _ = settle({"b": story_id("b")}, "ab")
    assert after_a == after_b == {"a": story_id("a"), "b": story_id("a")}


def test_a_story_that_grows_keeps_its_id() -> None:
    before, events = settle({}, "bc")
    assert events == [("created", story_id("b"), "")]
    after, events = settle(before, "abc")
    assert set(after.values()) == {story_id("b")}
    assert events == [("grew", story_id("b"), "")]


def test_merged_stories_go_on_as_the_larger_one() -> None:
    before = {**settle({}, "ab")[0], **settle({}, "cde")[0]}
    after, events = settle(before, "abcde")
    assert set(after.values()) == {story_id("c")}
    assert ("merged", story_id("a"), story_id("c")) in events
    assert ("grew", story_id("c"), "") in events


def test_a_split_story_goes_on_where_most_of_it_is() -> None:
    before, _ = settle({}, "abcde")
    after, events = settle(before, "ab", "cde")
    assert after["c"] == after["d"] == after["e"] == story_id("a")
    assert after["a"] == after["b"] != story_id("a")
    assert ("split", story_id("a"), after["a"]) in events
    assert ("created", after["a"], "") in events


def test_a_story_in_two_halves_ends_and_two_begin() -> None:
    before = dict.fromkeys("abcd", "sOLD")
    after, events = settle(before, "ab", "cd")
    assert "sOLD" not in after.values()
    assert len(set(after.values())) == 2
    (went_to,) = (other for event, story, other in events if (event, story) == ("merged", "sOLD"))
    assert went_to in after.values()


def test_a_story_that_loses_all_its_articles_ends() -> None:
    _, events = settle(dict.fromkeys("ab", "sOLD"))
    assert events == [("ended", "sOLD", "")]


def test_single_articles_make_no_history() -> None:
    assert settle({}, "a", "b")[1] == []


def test_an_id_in_use_elsewhere_is_not_given_twice() -> None:
    named = assign([Group(["a"])], {}, {story_id("a")})  # type: ignore[list-item]
    assert named[0][0] not in {story_id("a")}
