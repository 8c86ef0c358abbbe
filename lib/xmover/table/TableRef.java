package xmover.table;

import java.util.Optional;

/** A table, or one partition of it: what a reset works on. */
public record TableRef(String schema, String name, Optional<PartitionValues> partition) {
  private static final String BLOB_SCHEMA = "blob";
  private static final String BACKSLASH = Printable.spelledOut('\\');
  private static final String BRACKET = Printable.spelledOut('[');

  public TableRef {
    if (schema.isEmpty() || name.isEmpty()) {
      throw new IllegalArgumentException("a table has a schema and a name");
    }
  }

  /** A table without partitions, or all of a partitioned table. */
  public static TableRef of(String schema, String name) {
    return new TableRef(schema, name, Optional.empty());
  }

  /** One partition of this table. */
  public TableRef partition(PartitionValues values) {
    return new TableRef(schema, name, Optional.of(values));
  }

  /** Whether both are the same table or partition by name, however the values are written. */
  public boolean isCalled(TableRef other) {
    return fullName().equals(other.fullName()) && partitionIdent().equals(other.partitionIdent());
  }

  /** As {@code sys.shards.partition_ident} has it: empty for a table without partitions. */
  public String partitionIdent() {
    return partition.map(PartitionValues::ident).orElse("");
  }

  /** {@code schema.table} exactly as CrateDB has it, for programs and for globs. */
  public String fullName() {
    return schema + "." + name;
  }

  /** The table's name in a statement: {@code "doc"."metrics"}. */
  public String sqlName() {
    return SqlText.identifier(schema) + "." + SqlText.identifier(name);
  }

  /**
   * Name and, for a partition, its clause: what follows {@code ALTER TABLE} or {@code OPTIMIZE
   * TABLE}.
   */
  public String sqlTarget() {
    return partition.map(p -> sqlName() + " " + p.clause()).orElseGet(this::sqlName);
  }

  /** True for a blob table; all of them live in one schema. */
  public boolean isBlob() {
    return schema.equals(BLOB_SCHEMA);
  }

  /**
   * {@code schema.table} for people, as the command line takes it back: what can't be typed is
   * spelled out, and so is what would read as a partition, an option or a file of arguments.
   */
  public String printedName() {
    String name = fullName().replace("\\", BACKSLASH).replace("[", BRACKET);
    String begins = name.matches("(?s)[-@].*") ? Printable.spelledOut(name.charAt(0)) : "";
    return begins + Printable.line(begins.isEmpty() ? name : name.substring(1));
  }

  /** For people: {@code doc.metrics}, {@code curvo.data[month=1704067200000,region=NULL]}. */
  @Override
  public String toString() {
    return partition.map(p -> printedName() + "[" + p + "]").orElseGet(this::printedName);
  }

  /** The same as an argument of a command, quoted for a shell. */
  public String argument() {
    String name = toString();
    return name.contains("'") && !name.matches(".*[\"$`!\\\\].*")
        ? '"' + name + '"'
        : "'" + name.replace("'", "'\\''") + "'";
  }
}
