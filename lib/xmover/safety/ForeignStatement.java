package xmover.safety;

/** A statement that somebody else sent. */
public record ForeignStatement(String user, String text) {
  private static final int LONGEST = 120;

  /** For people, on one line. */
  @Override
  public String toString() {
    String line = text.strip().replaceAll("\\s+", " ");
    return user + ": " + (line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line);
  }
}
