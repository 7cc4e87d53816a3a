"""The statistical tagger: spaCy's English model, everything but entity recognition left out."""

import re
import threading
import warnings
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from newsloom.entities import model_files
from newsloom.entities.spans import Span

if TYPE_CHECKING:
    from spacy.language import Language

CHUNK_CHARACTERS = 8_000
"""Longer texts are tagged in pieces, which bounds the memory that one text can take."""

_BATCH_SIZE = 2
_LONGEST_WORD_CHARACTERS = 200
_LEFT_OUT = ("tagger", "parser", "attribute_ruler", "lemmatizer", "senter")
_one_at_a_time = threading.Lock()
_BREAKS = tuple(re.compile(pattern) for pattern in (r"\n\s*\n", r"\n", r"[.!?][\"'”’)]*\s", r"\s"))
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
_ENDLESS_WORD = re.compile(rf"\S{{{_LONGEST_WORD_CHARACTERS},}}")


@cache
def model() -> "Language":
    """Load the model, which takes some seconds; later calls return the same one."""
    import spacy

    with warnings.catch_warnings():
        # The model says 3.7.2; its entities are the same under the spaCy that is pinned.
        warnings.filterwarnings("ignore", message=r"\[W095\]", category=UserWarning)
        return spacy.load(model_files.folder(), exclude=_LEFT_OUT)


def tag(text: str) -> list[Span]:
    """Return what the tagger sees in `text`, with its own labels, from left to right.

    One text at a time: within a batch of several the result of each could depend on the others
    in the last bits, and batches are hardly faster.
    """
    bounds = list(chunks(text))
    pieces = (_harmless(text[start:end]) for start, end in bounds)
    language = model()
    # Without a zone the model would remember the words of every text; it can be in one at a time.
    with _one_at_a_time, language.memory_zone():
        documents = language.pipe(pieces, batch_size=_BATCH_SIZE)
        return [
            Span(start + entity.start_char, start + entity.end_char, str(entity.label_))
            for (start, _), document in zip(bounds, documents, strict=True)
            for entity in document.ents
        ]


def chunks(text: str, size: int = CHUNK_CHARACTERS) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of pieces up to `size`, cut at a paragraph, line, sentence or word."""
    start = 0
    while len(text) - start > size:
        end = _break(text, start, start + size)
        yield start, end
        start = end
    if start < len(text):
        yield start, len(text)


def _break(text: str, start: int, end: int) -> int:
    """Return the last good place to cut in the second half of text[start:end], else `end`."""
    middle = (start + end) // 2
    for pattern in _BREAKS:
        places = [match.end() for match in pattern.finditer(text, middle, end)]
        if places:
            return places[-1]
    return end


def _harmless(text: str) -> str:
    """Blank out what would mislead the tokenizer or take it very long; the length stays."""
    text = _INVISIBLE.sub(" ", text)
    return _ENDLESS_WORD.sub(lambda match: " " * len(match[0]), text)
