package xmover.cluster.wire;

import io.vertx.pgclient.PgException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import xmover.cluster.ClusterFailure;
import xmover.cluster.ClusterFailure.Kind;
import xmover.cluster.Statement;
import xmover.cluster.connection.HostPort;
import xmover.cluster.sql.Sql;
import xmover.table.SqlText;

/**
 * Turns what CrateDB says into a failure: the kind by its code, the sentence with its own words.
 */
public final class ServerErrors {
  private static final Pattern WRAPPED = Pattern.compile("\\w+\\[(.*)]", Pattern.DOTALL);

  // CrateDB gives these XX000 over the PostgreSQL wire, so that its text alone tells them apart.
  private static final Pattern NO_PRIVILEGE =
      Pattern.compile("Missing (?:'(\\w+)' )?privilege for user.*", Pattern.DOTALL);
  private static final Pattern NO_SCHEMA =
      Pattern.compile("Schema '(.*)' unknown.*", Pattern.DOTALL);

  /** What journal and lock need, in a schema that is about no table of others. */
  private static final String OWN = "DQL, DML, DDL";

  /** The first name with a schema in a statement: XMover quotes them all. */
  private static final Pattern QUALIFIED = Pattern.compile("(\"(?:[^\"]|\"\")+\")\\.\"");

  private static final Pattern NO_PARTITION = Pattern.compile("No partition for table .*");
  private static final Map<Kind, Pattern> BY_TEXT =
      Map.of(
          // Over HTTP it comes with the code of a missing master or with one of its own, by
          // version.
          Kind.NOT_READY, Pattern.compile("STATE_NOT_RECOVERED|state not recovered"),
          Kind.SHARD_LIMIT, Pattern.compile("would add \\[.*maximum shards open"),
          Kind.BLOCKED, Pattern.compile("doesn't support or allow ALTER"));
  private static final Pattern PASSING =
      Pattern.compile(
          ".*(Job killed|SERVICE_UNAVAILABLE|disconnected|NotConnected|NotDiscovered"
              + "|NoShardAvailable|UnavailableShards|ProcessClusterEventTimeout).*",
          Pattern.DOTALL);

  private final HostPort host;
  private final String user;

  public ServerErrors(HostPort host, String user) {
    this.host = host;
    this.user = user;
  }

  /** An error of the HTTP endpoint, by CrateDB's own code. */
  public ClusterFailure http(Statement statement, int code, String message) {
    Kind kind = byText(message).orElseGet(() -> httpKind(code));
    return failure(statement, kind, message, Integer.toString(code), null);
  }

  /** An error of the PostgreSQL wire, by its SQLSTATE. */
  ClusterFailure postgres(Statement statement, PgException error) {
    String message = error.getErrorMessage() == null ? "" : error.getErrorMessage();
    Kind kind = byText(message).orElseGet(() -> postgresKind(error.getSqlState(), message));
    return failure(statement, kind, message, error.getSqlState(), error);
  }

  /** The HTTP endpoint lets the user not in; it says so without a code of its own. */
  ClusterFailure unauthorized(String message) {
    return failure(Sql.ping(), Kind.AUTHENTICATION, message, "401", null);
  }

  /** A statement that would arrive over the PostgreSQL wire as another one. */
  ClusterFailure notSent() {
    return new ClusterFailure(
        Kind.REFUSED,
        host
            + ": a name or value holds a NUL or half a surrogate pair, which would arrive as"
            + " another over the PostgreSQL wire. Nothing was sent; connect with an http:// URL.",
        null,
        null);
  }

  /** What shares its code with much else, on either wire. */
  private static Optional<Kind> byText(String message) {
    return BY_TEXT.entrySet().stream()
        .filter(text -> text.getValue().matcher(message).find())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static Kind httpKind(int code) {
    return switch (code) {
      // An unknown schema is one on which the user has no privilege.
      case 4010, 4011, 4045 -> Kind.PRIVILEGE;
      case 4041, 4046 -> Kind.UNKNOWN_RELATION;
      case 4290 -> Kind.SERVER;
      case 5035 -> Kind.NOT_READY;
      default -> code / 1000 == 4 || code / 10000 == 4 ? Kind.REFUSED : Kind.SERVER;
    };
  }

  private static Kind postgresKind(@Nullable String sqlState, String message) {
    String state = sqlState == null ? "" : sqlState;
    return switch (state) {
      case "42501", "3F000" -> Kind.PRIVILEGE;
      case "42P01" -> Kind.UNKNOWN_RELATION;
      case "XX000" -> internalKind(message);
      default ->
          switch (state.isEmpty() ? "" : state.substring(0, 2)) {
            case "28" -> Kind.AUTHENTICATION;
            case "0A", "22", "23", "2B", "42" -> Kind.REFUSED;
            default -> Kind.SERVER;
          };
    };
  }

  private static Kind internalKind(String message) {
    if (NO_PRIVILEGE.matcher(message).matches() || NO_SCHEMA.matcher(message).matches()) {
      return Kind.PRIVILEGE;
    } else if (NO_PARTITION.matcher(message).matches()) {
      return Kind.UNKNOWN_RELATION;
    }
    return PASSING.matcher(message).matches() ? Kind.SERVER : Kind.REFUSED;
  }

  private ClusterFailure failure(
      Statement statement,
      Kind kind,
      String message,
      @Nullable String code,
      @Nullable Throwable cause) {
    Matcher wrapped = WRAPPED.matcher(message.strip());
    String said = wrapped.matches() ? wrapped.group(1) : message.strip();
    String sentence = sentence(kind, statement, said);
    return new ClusterFailure(kind, host + ": " + sentence + " CrateDB says: " + said, code, cause);
  }

  /** What gives the privilege that is missing, as it is typed. */
  private String grant(Statement statement, String said) {
    Matcher schema = NO_SCHEMA.matcher(said);
    if (schema.matches()) {
      String name = schema.group(1);
      return Sql.grant(
          name.equals("sys") ? "DQL" : statement.table().isPresent() ? "DQL, DDL" : OWN,
          " ON SCHEMA " + SqlText.identifier(name),
          user);
    }
    Matcher privilege = NO_PRIVILEGE.matcher(said);
    String missing =
        privilege.matches() && privilege.group(1) != null ? privilege.group(1) : "DQL, DDL";
    if (missing.equals("AL")) {
      return Sql.grantAl(user);
    }
    if (statement.table().isPresent()) {
      return Sql.grant(missing, " ON TABLE " + statement.table().get().sqlName(), user);
    }
    Matcher own = QUALIFIED.matcher(statement.text());
    return own.find()
        ? Sql.grant(OWN, " ON SCHEMA " + own.group(1), user)
        : Sql.grant("DQL", " ON SCHEMA \"sys\"", user);
  }

  private String sentence(Kind kind, Statement statement, String said) {
    return switch (kind) {
      case AUTHENTICATION ->
          "user '"
              + user
              + "' is not let in. Check user and password (CRATE_USERNAME, CRATE_PASSWORD,"
              + " CRATE_PASSWORD_FILE); a cluster whose nodes have all just restarted lets nobody"
              + " in but crate.";
      case PRIVILEGE ->
          "user '" + user + "' lacks a privilege. What gives it: " + grant(statement, said) + ".";
      case UNKNOWN_RELATION -> "no such table or partition, or user '" + user + "' may not see it.";
      case REFUSED, SHARD_LIMIT, BLOCKED -> "the statement is refused.";
      case NOT_READY ->
          "the cluster has just started and has not recovered its state. Wait until all its nodes"
              + " are up.";
      default -> "the cluster failed while answering. Try again, and look at its health.";
    };
  }
}
