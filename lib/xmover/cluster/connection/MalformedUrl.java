package xmover.cluster.connection;

/** A connection URL that cannot be read. Its sentence never repeats a password. */
final class MalformedUrl extends InvalidSettings {
  private static final long serialVersionUID = 1L;

  public MalformedUrl(String message) {
    super(message);
  }
}
