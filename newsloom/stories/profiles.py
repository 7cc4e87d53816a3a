"""The articles that stories are made of, as sparse matrices: a row an article, a column an id.

Ids are hashes of 32 bits and stand as column numbers as they are: row-wise operations on sorted
sparse rows cost nothing for the columns that are not there.
"""

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from newsloom.fingerprints.profile import IN_LEAD, IN_TITLE

if TYPE_CHECKING:
    from scipy.sparse import csr_array

COLUMNS = 2**32
_IDS = pa.list_(pa.uint32())
PROFILE = pa.schema(
    [
        pa.field("article_id", pa.string(), nullable=False),
        pa.field("published_at", pa.timestamp("us")),  # null: undated
        pa.field("word_count", pa.int32(), nullable=False),
        pa.field("story_keys", _IDS, nullable=False),
        pa.field("term_ids", _IDS, nullable=False),
        pa.field("term_weights", pa.list_(pa.uint8()), nullable=False),
        pa.field("term_places", pa.list_(pa.uint8()), nullable=False),
        pa.field("pair_ids", _IDS, nullable=False),
        pa.field("number_ids", _IDS, nullable=False),
        pa.field("entity_ids", pa.list_(pa.string())),  # null: not tagged
    ]
)

DAY_US = 86_400_000_000
F64 = NDArray[np.float64]
I64 = NDArray[np.int64]


@dataclass(frozen=True)
class Profiles:
    """Matrices of shape (articles, 2^32), and vectors with one value an article."""

    ids: list[str]
    days: F64  # since 1970, NaN for undated
    word_count: F64
    terms: "csr_array"
    title: "csr_array"  # the terms that stand in the headline
    lead: "csr_array"  # the terms that stand in the headline or the lead
    pairs: "csr_array"
    numbers: "csr_array"
    entities: "csr_array"
    tagged: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.ids)

    def take(self, rows: NDArray[np.intp]) -> "Profiles":
        """Return just these articles, in this order."""
        picked = {f.name: getattr(self, f.name)[rows] for f in fields(self) if f.name != "ids"}
        return Profiles(ids=[self.ids[row] for row in rows], **picked)


def from_table(table: pa.Table) -> Profiles:
    """Build the matrices of a table of PROFILE."""
    table = table.combine_chunks()
    terms = _matrix(table, "term_ids", _values(table["term_weights"]))
    places = _values(table["term_places"])
    micros = table["published_at"].cast(pa.int64()).to_numpy(zero_copy_only=False)
    return Profiles(
        ids=table["article_id"].to_pylist(),
        days=micros.astype(np.float64) / DAY_US,
        word_count=table["word_count"].to_numpy().astype(np.float64),
        terms=terms,
        title=_only(terms, places & IN_TITLE > 0),
        lead=_only(terms, places & (IN_TITLE | IN_LEAD) > 0),
        pairs=_matrix(table, "pair_ids"),
        numbers=_matrix(table, "number_ids"),
        entities=_entities(table),
        tagged=table["entity_ids"].is_valid().to_numpy(),
    )


def _list(column: pa.ChunkedArray) -> pa.ListArray:
    return column.chunk(0) if column.num_chunks else pa.array([], column.type)


def _values(column: pa.ChunkedArray) -> NDArray[np.uint8]:
    values: NDArray[np.uint8] = _list(column).flatten().to_numpy(zero_copy_only=False)
    return values


def _matrix(table: pa.Table, name: str, data: NDArray[np.uint8] | None = None) -> "csr_array":
    # Here and below, not above: a run with nothing new does without scipy, which loads slowly.
    from scipy.sparse import csr_array

    lists = _list(table[name])
    indices = lists.flatten().to_numpy(zero_copy_only=False).astype(np.int64)
    lengths = lists.value_lengths().fill_null(0).to_numpy(zero_copy_only=False)
    indptr = np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])
    values = np.ones(len(indices)) if data is None else data.astype(np.float64)
    matrix = csr_array((values, indices, indptr), shape=(table.num_rows, COLUMNS))
    matrix.has_canonical_format = True  # the lists are sorted and without repetition
    return matrix


def _only(matrix: "csr_array", keep: NDArray[np.bool_]) -> "csr_array":
    """Return the matrix with just the entries that `keep` selects."""
    from scipy.sparse import csr_array

    kept_before = np.concatenate([[0], np.cumsum(keep, dtype=np.int64)])
    only = csr_array(
        (matrix.data[keep], matrix.indices[keep], kept_before[matrix.indptr]), shape=matrix.shape
    )
    only.has_canonical_format = True
    return only


def _entities(table: pa.Table) -> "csr_array":
    """Number the distinct entities of the table; a row's are sorted by number."""
    from scipy.sparse import csr_array

    lists = _list(table["entity_ids"])
    encoded = lists.flatten().dictionary_encode()
    numbers = encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    lengths = lists.value_lengths().fill_null(0).to_numpy(zero_copy_only=False)
    indptr = np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])
    matrix = csr_array((np.ones(len(numbers)), numbers, indptr), shape=(table.num_rows, COLUMNS))
    matrix.sum_duplicates()
    matrix.data[:] = 1
    return matrix


def empty() -> pa.Table:
    """Return a table of PROFILE without rows."""
    return PROFILE.empty_table()
