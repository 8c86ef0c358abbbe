package xmover.cluster.connection;

import java.time.Duration;
import xmover.cluster.Statement;

/**
 * How long to wait. With a node frozen CrateDB answers only after 30 s, so reads and ALTERs wait
 * longer than that.
 *
 * @param connect until a host has let us in
 * @param read for the answer to a statement that changes nothing
 * @param alter for the answer to one that changes something
 */
public record Timeouts(Duration connect, Duration read, Duration alter) {
  public static final Timeouts DEFAULT =
      new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(45), Duration.ofSeconds(60));

  public Timeouts {
    if (isNone(connect) || isNone(read) || isNone(alter)) {
      throw new InvalidSettings("A timeout must be longer than nothing.");
    }
  }

  private static boolean isNone(Duration timeout) {
    return timeout.isNegative() || timeout.isZero();
  }

  /** The same but for how long a connection may take. */
  Timeouts connecting(Duration patience) {
    return new Timeouts(patience, read, alter);
  }

  /** The time an answer to this statement may take. */
  public Duration answer(Statement statement) {
    return statement.kind() == Statement.Kind.READ ? read : alter;
  }
}
