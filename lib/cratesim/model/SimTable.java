package cratesim.model;

import cratesim.sql.Errors;
import cratesim.sql.RowTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A table; one without partitions holds a single partition with an empty ident. */
public final class SimTable {
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

  public SimTable(
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
  public void setRows(RowTable empty) {
    rows = empty;
  }

  /** Those of a scenario's table stay unknown. */
  public void addColumns(List<RowTable.Column> more) {
    if (rows != null) {
      rows.add(more);
    }
  }

  /** The columns it was created with; those of a scenario's table are not known. */
  public List<RowTable.Column> columns() {
    return rows == null ? List.of() : rows.columns();
  }

  /** What is stored in it; those of a scenario hold no rows. */
  public RowTable rows() throws SqlError {
    if (rows == null) {
      throw Errors.unsupported("The simulated cluster holds no rows of " + fullName());
    }
    return rows;
  }

  /** Somebody reads its rows, so that every copy refreshes itself again. */
  public void search(long now) {
    searched = now;
    refresh();
  }

  /** Every copy shows what it has. */
  public void refresh() {
    copies().forEach(SimCopy::refresh);
  }

  /** When its rows were read last, milliseconds since 1970. */
  long searched() {
    return searched;
  }

  public boolean isClosed() {
    return isPartitioned() ? closed : partitions.get(0).isClosed();
  }

  /** Closes or opens the table and all of its partitions. */
  public void close(boolean shut) {
    closed = shut;
    partitions.forEach(partition -> partition.close(shut));
  }

  void rename(String newSchema, String newName) {
    schema = newSchema;
    name = newName;
  }

  public String schema() {
    return schema;
  }

  public String name() {
    return name;
  }

  public String fullName() {
    return schema + "." + name;
  }

  public int numberOfShards() {
    return numberOfShards;
  }

  /** The version the table was created in. */
  public String createdIn() {
    return createdIn;
  }

  public boolean isBlob() {
    return schema.equals("blob");
  }

  public boolean isPartitioned() {
    return !partitionedBy.isEmpty();
  }

  public List<String> partitionedBy() {
    return partitionedBy;
  }

  public List<SimPartition> partitions() {
    return partitions;
  }

  public Stream<SimCopy> copies() {
    return partitions.stream()
        .flatMap(partition -> partition.shards().stream())
        .flatMap(shard -> shard.copies().stream());
  }

  public Optional<SimPartition> partition(@Nullable String ident) {
    return partitions.stream().filter(p -> p.ident().equals(ident)).findFirst();
  }

  /** The table's own settings: for a partitioned table those of future partitions. */
  public TableSettings settings() {
    return isPartitioned() ? defaults : partitions.get(0).settings();
  }

  public void setDefaults(TableSettings settings) {
    defaults = settings;
  }
}
