package xmover.journal;

import java.util.List;
import xmover.cluster.Row;
import xmover.reset.machine.JournalEntry;
import xmover.table.TableRef;

/** What a row of a journal in the cluster is about: a table or partition, or rebalancing. */
public record RowKey(String schema, String table, String partitionIdent) {
  /** No table is without a schema, so this row is none of theirs. */
  public static final RowKey REBALANCING = new RowKey("", "cluster.routing.rebalance.enable", "");

  public static RowKey of(TableRef table) {
    return new RowKey(table.schema(), table.name(), table.partitionIdent());
  }

  /**
   * Two tables may have had the same name one after the other, so the index uuid is part of the
   * key, behind the ident, where no ident has an {@code @}.
   */
  public static RowKey of(JournalEntry entry) {
    RowKey name = of(entry.table());
    return entry
        .identity()
        .map(who -> new RowKey(name.schema, name.table, name.partitionIdent + "@" + who.uuid()))
        .orElse(name);
  }

  /** The ident of a row with such a key. */
  public static String ident(String cell) {
    int uuid = cell.indexOf('@');
    return uuid < 0 ? cell : cell.substring(0, uuid);
  }

  /** Whether a row has this key. */
  public boolean isOf(Row row) {
    return schema.equals(row.text("table_schema"))
        && table.equals(row.text("table_name"))
        && partitionIdent.equals(row.text("partition_ident"));
  }

  /** In the order of the primary key. */
  public List<Object> cells() {
    return List.of(schema, table, partitionIdent);
  }
}
