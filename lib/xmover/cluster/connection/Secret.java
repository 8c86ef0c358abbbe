package xmover.cluster.connection;

/** A password: whoever prints it by accident prints stars. */
public record Secret(String reveal) {
  public Secret {
    if (reveal.isEmpty()) {
      throw new IllegalArgumentException("an empty password is none");
    }
  }

  @Override
  public String toString() {
    return "***";
  }
}
