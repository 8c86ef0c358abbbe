package xmover.cluster;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why a statement or a connection failed: a sentence an operator can act on, and a kind a policy
 * can. It never holds a password.
 */
public final class ClusterFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What went wrong, as far as it decides what to do next. */
  public enum Kind {
    /** Nobody listens, or the network refuses. */
    UNREACHABLE(true),
    /** The host's name does not resolve. */
    UNKNOWN_HOST(true),
    /** No connection within the connect timeout. */
    CONNECT_TIMEOUT(true),
    /** The connection broke; a statement under way may or may not have been applied. */
    CONNECTION_LOST(true),
    /** The host belongs to another cluster than the one we work on. */
    OTHER_CLUSTER(true),
    /** The server speaks no TLS, or TLS failed before certificates were looked at. */
    TLS(false),
    /** The server's certificate is not the one asked for. */
    CERTIFICATE(false),
    /** Wrong user or password. */
    AUTHENTICATION(false),
    /** Something answers, but it is no CrateDB. */
    NOT_CRATEDB(false),
    /** The user may not do this, or not see this. */
    PRIVILEGE(false),
    /** The table or partition does not exist. */
    UNKNOWN_RELATION(false),
    /** The server understood and refuses: a block, an invalid value, a syntax error. */
    REFUSED(false),
    /** The cluster holds as many shards as {@code cluster.max_shards_per_node} allows. */
    SHARD_LIMIT(false),
    /** A block of the table forbids it: {@code blocks.read_only} or {@code blocks.metadata}. */
    BLOCKED(false),
    /** No answer in time; a statement may or may not have been applied. */
    TIMEOUT(false),
    /**
     * The cluster has just started and does not know its tables yet. What it says of tables means
     * nothing until it has recovered its state.
     */
    NOT_READY(false),
    /** The server failed while answering: worth another try. */
    SERVER(false);

    private final boolean connection;

    Kind(boolean connection) {
      this.connection = connection;
    }

    /** True when another host, or a fresh connection, may do better. */
    public boolean isConnection() {
      return connection;
    }

    /**
     * True when nobody knows whether a write was applied: its answer was lost, garbled on its way,
     * or is no clear no.
     */
    public boolean leavesOutcomeOpen() {
      return this == CONNECTION_LOST || this == TIMEOUT || this == SERVER || this == NOT_CRATEDB;
    }
  }

  /** The same of any failure; of one that nobody foresaw nobody knows. */
  public static boolean leavesOutcomeOpen(Throwable failure) {
    return !(failure instanceof ClusterFailure known) || known.kind().leavesOutcomeOpen();
  }

  private final Kind kind;
  private final @Nullable String code;

  /**
   * @param code SQLSTATE or CrateDB's numeric error code, where the server gave one
   */
  public ClusterFailure(
      Kind kind, String message, @Nullable String code, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.code = code;
  }

  /** Whether nobody has that name any more, or another table has it: waiting changes nothing. */
  public static boolean isOfAnotherTable(Throwable failure) {
    return failure instanceof ClusterFailure known && known.kind == Kind.UNKNOWN_RELATION;
  }

  /** Any failure in words; a bug may come without a message. */
  public static String sentence(Throwable failure) {
    return Objects.requireNonNullElseGet(failure.getMessage(), failure::toString);
  }

  public Kind kind() {
    return kind;
  }

  public @Nullable String code() {
    return code;
  }
}
