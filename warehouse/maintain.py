"""Maintenance: merging the many small files that commits leave, and clearing the replaced ones.

Readers may have an older published file open, so a replaced data file stays for a day (a setting).
"""

import duckdb

from newsloom.errors import WarehouseError
from warehouse.lake import Lake
from warehouse.publish import publish
from warehouse.schema import TABLES


def file_count(lake: Lake) -> int:
    """Return the number of data files of the present snapshot."""
    ((count,),) = lake.connection.execute(
        "SELECT count(*) FROM __ducklake_metadata_lake.ducklake_data_file "
        "WHERE end_snapshot IS NULL"
    ).fetchall()
    return int(count)


def compact_if_scattered(lake: Lake) -> bool:
    """Merge adjacent small files once there are more than the setting allows."""
    most = max(lake.settings.compact_after_files, 4 * len(TABLES))
    if file_count(lake) <= most:
        return False
    with lake.lock():
        try:
            compact(lake)
        except duckdb.Error as error:
            raise WarehouseError(
                f"The warehouse's small files could not be merged: {error}",
                "What was committed stays; free space or repair the disk, then run it again.",
            ) from error
        publish(lake)
    return True


def compact(lake: Lake) -> None:
    """Merge adjacent small files, and delete files that were replaced long enough ago."""
    hours = lake.settings.keep_old_files_hours
    age = f"now() - INTERVAL '{hours} hours'"
    lake.connection.execute("CALL ducklake_merge_adjacent_files('lake')")
    lake.connection.execute(f"CALL ducklake_expire_snapshots('lake', older_than => {age})")
    lake.connection.execute(f"CALL ducklake_cleanup_old_files('lake', older_than => {age})")
    # Files that a killed or failed commit wrote before it was lost.
    lake.connection.execute(f"CALL ducklake_delete_orphaned_files('lake', older_than => {age})")
