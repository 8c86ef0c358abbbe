package xmover.cluster.sql;

import xmover.table.IndexUuid;
import xmover.table.SqlText;

/** Which column of {@code sys.shards} tells the index uuid. */
public enum UuidColumn {
  /** Since CrateDB 5.10; a copy that is not assigned tells it, too. */
  PARTITION_UUID("partition_uuid"),
  /** On every version, with the uuid in the middle; NULL while a copy is not assigned. */
  PATH("path");

  private final String column;

  UuidColumn(String column) {
    this.column = column;
  }

  String column() {
    return column;
  }

  /** The condition for the shards of an index; what it finds is to be looked at once more. */
  String isOf(IndexUuid uuid) {
    return this == PARTITION_UUID
        ? column + " = " + SqlText.text(uuid.text())
        : column + " LIKE " + SqlText.text("%" + uuid.text().replace("_", "\\_") + "%");
  }
}
