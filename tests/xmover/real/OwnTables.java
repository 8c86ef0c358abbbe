package xmover.real;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import xmover.cluster.Row;
import xmover.cluster.sql.DetectionSql;
import xmover.table.PartitionValues;
import xmover.table.SqlText;
import xmover.table.TableRef;

/**
 * A schema of its own with tables as awkward as CrateDB allows: quotes, colons, braces, umlauts and
 * upper case in names; partitions of every type, NULL among them; nested columns; a blob table.
 */
final class OwnTables implements AutoCloseable {
  private static final String SETTINGS = " WITH (number_of_replicas = '0-1')";

  /** Without a lease sync on request nobody waits for the tick, 5 minutes on CrateDB 5.10. */
  private static final String QUICK =
      SETTINGS.replace(")", ", \"soft_deletes.retention_lease.sync_interval\" = '1s')");

  final RealCluster cluster = new RealCluster();
  final String name = "xmover_test_" + UUID.randomUUID().toString().substring(0, 8);
  final String schema = name + "'{A:b}";
  final TableRef plain = TableRef.of(schema, "It's:{Plän}");
  final TableRef kinds = TableRef.of(schema, "kinds");
  final TableRef nested = TableRef.of(schema, "Nested;--{}");
  final TableRef blob = TableRef.of("blob", name + " \"É'/");

  /** Each kind a column can be partitioned by, and the rows that make the partitions of it. */
  private static final String KINDS =
      "y \"char\", b boolean, s smallint, i integer, l bigint, r real, d double precision, a ip,"
          + " z timestamp with time zone, w timestamp without time zone, t text";

  private static final List<String> KIND_ROWS =
      List.of(
          "1, true, -7, 7, 9223372036854775807, 0.1, 0.1, '10.0.0.1', 1704067200000,"
              + " '2024-01-01T00:00:00.001', 'eu:west {1}'",
          "NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL",
          "-1, false, 0, 0, -9007199254740993, 1e10, 1e300, '::1', -1, 0,"
              + " 'it''s \"a\\b\"; -- c'",
          "0, NULL, 1, 1, 0, 'NaN', 'Infinity', NULL, 253402300799999, NULL, ''",
          "0, NULL, 1, 1, 0, -1.5, -0.0, NULL, NULL, NULL, 'null'");
  private static final List<String> NESTED_ROWS =
      List.of(
          "'a', {x = 'b', \"y'z\" = {\"A\" = 1}}, 'c''d', '1'",
          "'o[''x'']', {x = '', \"y'z\" = {\"A\" = NULL}}, NULL, '\"'",
          "'\n\té', {x = NULL, \"y'z\" = {\"A\" = -1}}, ';', '{}'");

  /** Creates them all, with one row in each partition. */
  void create() {
    create(plain, "(id int, v text) CLUSTERED INTO 2 SHARDS");
    String columns = KINDS.replaceAll("(\\w) [^,]+", "$1");
    create(
        kinds,
        "(%s, v text) CLUSTERED INTO 1 SHARDS PARTITIONED BY (%s)".formatted(KINDS, columns));
    create(
        nested,
        "(\"Top Up\" text, o object AS (x text, \"y'z\" object AS (\"A\" bigint)), \"a\"\"b\" text,"
            + " \"c'd\" text, v text) CLUSTERED INTO 1 SHARDS PARTITIONED BY (\"Top Up\", o['x'],"
            + " o['y''z']['A'], \"a\"\"b\", \"c'd\")");
    createBlob();
    load(1);
    settle();
  }

  void createBlob() {
    cluster.create(
        "CREATE BLOB TABLE %s CLUSTERED INTO 1 SHARDS%s"
            .formatted(SqlText.identifier(blob.name()), SETTINGS),
        "DROP BLOB TABLE IF EXISTS " + SqlText.identifier(blob.name()));
  }

  void create(TableRef table, String definition) {
    cluster.create(
        "CREATE TABLE " + table.sqlName() + " " + definition + QUICK,
        "DROP TABLE IF EXISTS " + table.sqlName());
  }

  /** Writes so many rows of a thousand letters into each table and partition. */
  void load(int rows) {
    insert("repeat('x', 1000)", rows);
  }

  /**
   * Makes a hole in a replica of each: the primary refuses a text that long, and the replica never
   * hears of it. From the next write on no flush frees its translog.
   */
  void sicken() {
    insert("repeat('x', 40000)", 1);
  }

  private void insert(String text, int rows) {
    insert(plain, "1", text, 3 * rows);
    kindRows().forEach(row -> insert(kinds, row, text, rows));
    NESTED_ROWS.forEach(row -> insert(nested, row, text, rows));
  }

  /** CrateDB 5.10 finds no partition by a boolean again: it stores true and asks for t. */
  private List<String> kindRows() {
    String version =
        cluster.execute("SELECT version['number'] AS v FROM sys.nodes LIMIT 1").get(0).text("v");
    return version.startsWith("5.")
        ? KIND_ROWS.stream().map(row -> row.replaceFirst("true|false", "NULL")).toList()
        : KIND_ROWS;
  }

  private void insert(TableRef table, String values, String text, int rows) {
    cluster.execute(
        "INSERT INTO %s (SELECT %s, %s FROM generate_series(1, %d))"
            .formatted(table.sqlName(), values, text, rows));
  }

  /** Waits until every copy is STARTED. */
  void settle() {
    String mine =
        "SELECT count(*) AS n FROM sys.shards WHERE routing_state <> 'STARTED' AND schema_name = "
            + SqlText.text(schema);
    cluster.await("all copies STARTED", () -> cluster.execute(mine).get(0).number("n") == 0L);
  }

  /** The tables without partitions and every partition, as the catalogue gives them now. */
  List<TableRef> targets() {
    var found =
        cluster.execute(
            """
            SELECT table_name, partition_ident, "values" AS partition_values
            FROM information_schema.table_partitions WHERE table_schema = %s ORDER BY 1, 2\
            """
                .formatted(SqlText.text(schema)));
    return Stream.concat(Stream.of(plain, blob), found.stream().map(this::partition)).toList();
  }

  private TableRef partition(Row row) {
    return TableRef.of(schema, row.text("table_name"))
        .partition(
            new PartitionValues(row.text("partition_ident"), row.object("partition_values")));
  }

  /** Sets it for every table and partition but the blob table, which takes none. */
  void flushThreshold(String size) {
    for (TableRef table : List.of(plain, kinds, nested)) {
      cluster.execute(
          "ALTER TABLE %s SET (\"translog.flush_threshold_size\" = '%s')"
              .formatted(table.sqlName(), size));
    }
  }

  /** Some replica of a table or partition that has one. */
  Row replica(TableRef target) {
    return cluster
        .execute(
            """
            SELECT id, node['name'] AS node_name FROM sys.shards
            WHERE schema_name = %s AND table_name = %s AND partition_ident = '%s' AND NOT "primary"
            LIMIT 1\
            """
                .formatted(
                    SqlText.text(target.schema()),
                    SqlText.text(target.name()),
                    target.partitionIdent()))
        .get(0);
  }

  /** The number_of_replicas of each, and of the partitioned tables for partitions to come. */
  Map<String, String> replicas() {
    return cluster.execute(DetectionSql.relations().text()).stream()
        .filter(row -> row.text("table_schema").equals(schema) || isBlob(row))
        .collect(
            Collectors.toMap(
                row -> row.text("table_name") + "|" + row.text("partition_ident"),
                row -> row.text("number_of_replicas"),
                (some, others) -> some,
                TreeMap::new));
  }

  private boolean isBlob(Row row) {
    return blob.equals(TableRef.of(row.text("table_schema"), row.text("table_name")));
  }

  @Override
  public void close() {
    cluster.close();
  }
}
