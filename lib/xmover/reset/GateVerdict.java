package xmover.reset;

/**
 * What one gate says of one table.
 *
 * @param gate its name, as {@code --ignore-gate} takes it
 * @param reason why, in words; of an open gate, what it saw
 * @param remedy what to do about it; empty when there is nothing
 */
public record GateVerdict(String gate, Answer answer, String reason, String remedy) {
  /** Whether the table may pass. */
  public enum Answer {
    /** It may. */
    OPEN,
    /** It may, but the operator should know. */
    TOLD,
    /** It may not, but the operator said to ignore this gate. */
    IGNORED,
    /** It may not. */
    SHUT,
    /** It may not, as what the gate has to see could not be read. */
    UNREAD
  }

  public static GateVerdict open(String gate, String seen) {
    return new GateVerdict(gate, Answer.OPEN, seen, "");
  }

  public static GateVerdict told(String gate, String reason) {
    return new GateVerdict(gate, Answer.TOLD, reason, "");
  }

  public static GateVerdict shut(String gate, String reason, String remedy) {
    return new GateVerdict(gate, Answer.SHUT, reason, remedy);
  }

  public static GateVerdict unread(String gate, String reason, String remedy) {
    return new GateVerdict(gate, Answer.UNREAD, reason, remedy);
  }

  /** The same verdict, overridden by the operator. */
  public GateVerdict ignored() {
    return new GateVerdict(gate, Answer.IGNORED, reason, remedy);
  }

  /** Whether the table may not pass, for whatever reason. */
  public boolean isShut() {
    return answer == Answer.SHUT || isUnread();
  }

  public boolean isUnread() {
    return answer == Answer.UNREAD;
  }

  /** The reason and the remedy in one sentence. */
  @Override
  public String toString() {
    return gate + ": " + reason + (remedy.isEmpty() ? "" : " (" + remedy + ")");
  }
}
