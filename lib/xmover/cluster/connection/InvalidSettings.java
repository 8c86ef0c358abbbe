package xmover.cluster.connection;

/** What the operator asked for cannot be: one sentence says what, where, and what to do. */
public class InvalidSettings extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public InvalidSettings(String message) {
    super(message);
  }
}
