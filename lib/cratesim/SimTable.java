package cratesim;

import cratesim.sql.Errors;
import cratesim.sql.RowTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A table; one without partitions holds a single partition with an empty ident. */
final class SimTable {
  private String schema;
  private String name;
  private final int numberOfShards;
  private final String createdIn;
  private final List<String> partitionedBy;
  private final List<SimPartition> partitions = new ArrayList<>();
  private boolean closed;
  private TableSettings defaults;
  private @Nullable RowTable rows;
  private long searched;

  SimTable(
      String schema,
      String name,
      int numberOfShards,
      String createdIn,
      List<String> partitionedBy,
      TableSettings defaults) {
    this.schema = schema;
    this.name = name;
    this.numberOfShards = numberOfShards;
    this.createdIn = createdIn;
    this.partitionedBy = List.copyOf(partitionedBy);
    this.defaults = defaults;
  }

  /** A table that a statement created: it can hold rows. */
  void setRows(RowTable empty) {
    rows = empty;
  }

  /** Those of a scenario's table stay unknown. */
  void addColumns(List<RowTable.Column> more) {
    if (rows != null) {
      rows.add(more);
    }
  }

  /** The columns it was created with; those of a scenario's table are not known. */
  List<RowTable.Column> columns() {
    return rows == null ? List.of() : rows.columns();
  }

  /** What is stored in it; those of a scenario hold no rows. */
  RowTable rows() throws SqlError {
    if (rows == null) {
      throw Errors.unsupported("The simulated cluster holds no rows of " + fullName());
    }
    return rows;
  }

  /** Somebody reads its rows, so that every copy refreshes itself again. */
  void search(long now) {
    searched = now;
    refresh();
  }

  /** Every copy shows what it has. */
  void refresh() {
    copies().forEach(SimCopy::refresh);
  }

  /** When its rows were read last, milliseconds since 1970. */
  long searched() {
    return searched;
  }

  boolean isClosed() {
    return isPartitioned() ? closed : partitions.get(0).isClosed();
  }

  /** Closes or opens the table and all of its partitions. */
  void close(boolean shut) {
    closed = shut;
    partitions.forEach(partition -> partition.close(shut));
  }

  void rename(String newSchema, String newName) {
    schema = newSchema;
    name = newName;
  }

  String schema() {
    return schema;
  }

  String name() {
    return name;
  }

  String fullName() {
    return schema + "." + name;
  }

  int numberOfShards() {
    return numberOfShards;
  }

  /** The version the table was created in. */
  String createdIn() {
    return createdIn;
  }

  boolean isBlob() {
    return schema.equals("blob");
  }

  boolean isPartitioned() {
    return !partitionedBy.isEmpty();
  }

  List<String> partitionedBy() {
    return partitionedBy;
  }

  List<SimPartition> partitions() {
    return partitions;
  }

  Stream<SimCopy> copies() {
    return partitions.stream()
        .flatMap(partition -> partition.shards().stream())
        .flatMap(shard -> shard.copies().stream());
  }

  Optional<SimPartition> partition(@Nullable String ident) {
    return partitions.stream().filter(p -> p.ident().equals(ident)).findFirst();
  }

  /** The table's own settings: for a partitioned table those of future partitions. */
  TableSettings settings() {
    return isPartitioned() ? defaults : partitions.get(0).settings();
  }

  void setDefaults(TableSettings settings) {
    defaults = settings;
  }
}
