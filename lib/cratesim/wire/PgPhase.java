package cratesim.wire;

import io.vertx.core.Future;

/** What a connection expects now, and which phase comes after a message. */
interface PgPhase {
  /** False for the first messages of a connection, which have no type byte. */
  boolean typed();

  /** Bytes of the longest message accepted. */
  int largestMessage();

  /**
   * Deals with one message; the next one waits for the future. When it fails the connection ends,
   * with a FATAL error where the cause is a {@link ProtocolViolation}.
   */
  Future<PgPhase> handle(PgFrame frame);
}
