"""What the warehouse knows of web hosts."""

import pyarrow as pa

from warehouse.query import Queryable


def hosts(source: Queryable) -> pa.Table:
    """Return the last that is known of each host: host, robots, robots_status, robots_at, ready_at.

    A host's row is whole: the latest replaces all before it.
    """
    return source.query(
        "SELECT host, robots, robots_status, robots_at, ready_at FROM facts.hosts "
        "QUALIFY row_number() OVER (PARTITION BY host ORDER BY commit_id DESC) = 1"
    )
