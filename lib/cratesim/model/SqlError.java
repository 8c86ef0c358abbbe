package cratesim.model;

/** An error as CrateDB reports it: over HTTP by status and code, over PostgreSQL by SQLSTATE. */
public final class SqlError extends Exception {
  private static final long serialVersionUID = 1L;

  private final int httpStatus;
  private final int code;
  private final String sqlState;

  /** The message is HTTP's, with the exception's name around the sentence. */
  public SqlError(int httpStatus, int code, String sqlState, String message) {
    super(message);
    this.httpStatus = httpStatus;
    this.code = code;
    this.sqlState = sqlState;
  }

  /** The message without the exception's name. */
  public String sentence() {
    String message = String.valueOf(getMessage());
    int bracket = message.indexOf('[');
    return bracket < 0 || !message.endsWith("]")
        ? message
        : message.substring(bracket + 1, message.length() - 1);
  }

  public int httpStatus() {
    return httpStatus;
  }

  public int code() {
    return code;
  }

  public String sqlState() {
    return sqlState;
  }
}
