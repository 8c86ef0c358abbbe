package xmover.web;

/** What was asked of a status server did not get there, or was refused; a sentence says why. */
public final class OrderFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public OrderFailed(String message) {
    super(message);
  }
}
