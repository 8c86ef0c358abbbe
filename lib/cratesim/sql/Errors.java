package cratesim.sql;

import static java.util.stream.Collectors.joining;

import cratesim.model.SqlError;
import java.util.stream.IntStream;

/** The errors CrateDB gives, each with its status, code, SQLSTATE and sentence. */
public final class Errors {
  private Errors() {}

  static SqlError syntax(SqlToken at, String problem) {
    String place = "line " + at.line() + ":" + at.column() + ": ";
    return new SqlError(400, 4000, "42601", "SQLParseException[" + place + problem + "]");
  }

  /** A statement that is well formed and asks for something invalid. */
  public static SqlError invalid(String problem) {
    return new SqlError(400, 4000, "XX000", "SQLParseException[" + problem + "]");
  }

  public static SqlError unknownColumn(String column) {
    String message = "ColumnUnknownException[Column " + column + " unknown]";
    return new SqlError(404, 4043, "42703", message);
  }

  public static SqlError unknownRelation(String relation) {
    String message = "RelationUnknown[Relation '" + relation + "' unknown]";
    return new SqlError(404, 4041, "42P01", message);
  }

  /** Also what a user gets who may not see the schema. */
  public static SqlError unknownSchema(String schema) {
    String message = "SchemaUnknownException[Schema '" + schema + "' unknown]";
    return new SqlError(404, 4045, "3F000", message);
  }

  public static SqlError unknownPartition(String table, String ident) {
    String problem = "No partition for table '" + table + "' with ident '" + ident + "' exists";
    return new SqlError(404, 4046, "XX000", "PartitionUnknownException[" + problem + "]");
  }

  static SqlError unknownFunction(String call) {
    String message = "UnsupportedFunctionException[Unknown function: " + call + "]";
    return new SqlError(400, 4004, "0A000", message);
  }

  public static SqlError unsupported(String problem) {
    String message = "UnsupportedFeatureException[" + problem + "]";
    return new SqlError(400, 4004, "0A000", message);
  }

  static SqlError duplicateKey() {
    String problem = "A document with the same primary key exists already";
    return new SqlError(409, 4091, "23505", "DuplicateKeyException[" + problem + "]");
  }

  /**
   * A text that is too long for the index.
   *
   * @param column its number in the table, from 1 on
   */
  static SqlError immenseTerm(int column, byte[] text) {
    String prefix = IntStream.range(0, 30).mapToObj(i -> "" + text[i]).collect(joining(", "));
    return invalid(
        "Document contains at least one immense term in field=\"%d\" (whose UTF8 encoding is longer"
                .formatted(column)
            + " than the max length %d), all of which were skipped.  Please correct the analyzer to"
                .formatted(RowTable.LONGEST_TERM)
            + " not produce such terms.  The prefix of the first immense term is: '[%s]...',"
                .formatted(prefix)
            + " original message: bytes can be at most %d in length; got %d"
                .formatted(RowTable.LONGEST_TERM, text.length));
  }

  static SqlError primaryKeyUpdate(String column) {
    String problem =
        "Validation failed for " + column + ": Updating a primary key is not supported";
    return new SqlError(400, 4003, "XX000", "ColumnValidationException[" + problem + "]");
  }

  public static SqlError invalidName(String relation) {
    String message =
        "InvalidRelationName[Relation name '"
            + relation
            + "' is invalid. Must not contain the following characters"
            + " [*, <, \",  , \\, /, ,, |, >, ?]]";
    return new SqlError(400, 4002, "XX000", message);
  }

  public static SqlError relationExists(String relation) {
    String message = "RelationAlreadyExists[Relation '" + relation + "' already exists.]";
    return new SqlError(409, 4093, "42P07", message);
  }

  /**
   * Nothing can be changed, as the nodes have just been restarted.
   *
   * @param from6 versions from 6 on say so in an error of its own
   */
  public static SqlError notRecovered(boolean from6) {
    String block = from6 ? "STATE_NOT_RECOVERED" : "SERVICE_UNAVAILABLE";
    String message =
        "MasterNotDiscoveredException[org.elasticsearch.cluster.block.ClusterBlockException:"
            + " blocked by: ["
            + block
            + "/1/state not recovered / initialized];]";
    return new SqlError(503, from6 ? 5031 : 5000, "XX000", message);
  }

  public static SqlError missingPrivilege(String type, String user) {
    String problem = "Missing '" + type + "' privilege for user '" + user + "'";
    return new SqlError(401, 4011, "XX000", "MissingPrivilegeException[" + problem + "]");
  }
}
