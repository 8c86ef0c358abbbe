package xmover.gates.view;

/**
 * A statement that somebody else sent.
 *
 * @param running whether it runs at this moment; else it ended lately
 */
public record ForeignStatement(boolean running, String user, String text) {
  private static final int LONGEST = 120;

  /** For people, on one line. */
  @Override
  public String toString() {
    String line = text.strip().replaceAll("\\s+", " ");
    return user + ": " + (line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line);
  }
}
