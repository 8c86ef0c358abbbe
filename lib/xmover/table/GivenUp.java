package xmover.table;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A copy that CrateDB builds no more, as it failed too often: it stays UNASSIGNED until somebody
 * has it try again.
 *
 * @param attempts how often it failed; empty where CrateDB does not say
 * @param cause why the last attempt failed, in CrateDB's words; empty where it does not say
 */
public record GivenUp(
    TableRef table, long shard, boolean primary, Optional<Long> attempts, Optional<String> cause) {
  /** What the decider that counts attempts says, on every version tried. */
  private static final String MARK = "maximum number of retries";

  private static final Pattern ATTEMPTS = Pattern.compile("failed_attempts\\[(\\d{1,9})]");

  /** The last exception's own words, before its stack trace. */
  private static final Pattern CAUSE =
      Pattern.compile(
          "details\\[(?:.*\\nCaused by: |failed shard on node \\[[^]]*]: )?"
              + "(.*?)(?:\\n\\t|\\n*], allocation_status\\[|$)",
          Pattern.DOTALL);

  private static final int LONGEST = 200;

  /**
   * Reads what a copy's deciders say of the nodes, each in a text; empty when CrateDB did not give
   * it up.
   */
  public static Optional<GivenUp> of(
      TableRef table, long shard, boolean primary, List<String> explanations) {
    return explanations.stream()
        .filter(text -> text.contains(MARK))
        .findFirst()
        .map(text -> new GivenUp(table, shard, primary, attempts(text), cause(text)));
  }

  private static Optional<Long> attempts(String text) {
    return Optional.of(ATTEMPTS.matcher(text))
        .filter(Matcher::find)
        .map(m -> Long.valueOf(m.group(1)));
  }

  private static Optional<String> cause(String text) {
    return Optional.of(CAUSE.matcher(text))
        .filter(Matcher::find)
        .map(match -> match.group(1).replaceAll("\\s+", " ").strip())
        .filter(cause -> !cause.isEmpty())
        .map(cause -> cause.length() > LONGEST ? cause.substring(0, LONGEST) + "…" : cause);
  }

  /** For people: {@code a replica of shard 2 is given up after 5 failed attempts: …}. */
  public String sentence() {
    return "CrateDB gave %s of shard %d up%s: %s"
        .formatted(
            primary ? "the primary" : "a replica",
            shard,
            attempts.map(" after %d failed attempts"::formatted).orElse(""),
            cause.orElse("it does not say why"));
  }
}
