package cratesim.wire;

/** A fault wants this connection closed instead of an answer. */
final class ConnectionDropped extends Exception {
  private static final long serialVersionUID = 1L;

  ConnectionDropped() {
    super("the connection is closed on purpose", null, false, false);
  }
}
