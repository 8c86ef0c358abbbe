package cratesim.wire;

/** What a client sent ends its connection, after a FATAL error with this SQLSTATE. */
final class ProtocolViolation extends Exception {
  private static final long serialVersionUID = 1L;

  final String sqlState;

  ProtocolViolation(String sqlState, String message) {
    super(message);
    this.sqlState = sqlState;
  }
}
