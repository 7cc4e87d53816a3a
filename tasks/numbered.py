"""The numbers of a run's items, where several readings are put together."""

import pyarrow as pa


class Numbered:
    """Gives each table of schema.ITEM the ordinals after those of the one before."""

    def __init__(self) -> None:
        self._next = 0

    def next(self, items: pa.Table) -> pa.Table:
        """Return the items with their ordinals in the run."""
        first, self._next = self._next, self._next + items.num_rows
        ordinals = pa.array(range(first, self._next), pa.int64())
        return items.set_column(
            items.schema.get_field_index("ordinal"), items.schema.field("ordinal"), ordinals
        )
