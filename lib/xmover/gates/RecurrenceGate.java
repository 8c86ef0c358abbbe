package xmover.gates;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import xmover.gates.view.View;
import xmover.reset.GateVerdict;
import xmover.reset.PastReset;
import xmover.reset.Remedy;
import xmover.table.Diagnosis;
import xmover.table.Finding;
import xmover.table.KnownBug;

/**
 * Refuses a table whose copies were built anew again and again: what comes back after every reset,
 * move or rebuild has another cause, and each reset costs it its replicas for a while.
 *
 * @param limit how many resets are enough
 */
public record RecurrenceGate(Limit limit, InstantSource clock) implements SafetyGate {
  static final String NAME = "recurrence";

  /**
   * How many resets of a table are enough.
   *
   * @param within the time in which they are counted
   */
  public record Limit(int resets, Duration within) {
    public Limit {
      if (resets < 1 || within.isZero() || within.isNegative()) {
        throw new IllegalArgumentException("a limit of resets is above 0, and so is its time");
      }
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public GateVerdict judge(Finding finding, View view) {
    return view.earlier().judge(NAME, resets -> judge(finding, resets));
  }

  private GateVerdict judge(Finding finding, List<PastReset> resets) {
    Instant since = clock.instant().minus(limit.within());
    List<PastReset> recent =
        resets.stream()
            .filter(
                reset ->
                    reset.builtCopies() && reset.isOf(finding.table()) && reset.at().isAfter(since))
            .toList();
    boolean resetsAlone = recent.stream().allMatch(reset -> reset.remedy() == Remedy.RESET);
    String times =
        "%d %s%s within "
            .formatted(
                recent.size(), resetsAlone ? "reset" : "cure", recent.size() == 1 ? "" : "s");
    if (recent.size() < limit.resets()) {
      return GateVerdict.open(NAME, times + text(limit.within()));
    }
    String earlier = recent.stream().map(RecurrenceGate::text).collect(Collectors.joining(", "));
    return GateVerdict.shut(
        NAME,
        "%s%s: %s: resetting does not help here%s"
            .formatted(times, text(limit.within()), earlier, why(finding)),
        "find what holds its translog: xmover monitor %s; reset it all the same: --ignore-gate %s"
            .formatted(finding.table().argument(), NAME));
  }

  private static String text(PastReset reset) {
    String told = reset.told().isEmpty() ? "" : ", " + reset.told();
    String remedy = reset.remedy() == Remedy.RESET ? "" : reset.remedy().word() + ", ";
    return "%s (%s%s%s)"
        .formatted(reset.at().truncatedTo(ChronoUnit.SECONDS), remedy, reset.outcome(), told);
  }

  /** What the detection says about its worst copy. */
  private static String why(Finding finding) {
    return finding.diagnoses().stream()
        .filter(diagnosis -> diagnosis.kind() != Diagnosis.Kind.UNKNOWN)
        .findFirst()
        .map(RecurrenceGate::text)
        .orElse("");
  }

  private static String text(Diagnosis diagnosis) {
    return "; "
        + diagnosis.text()
        + diagnosis.causes().stream()
            .map(cause -> "; a possible cause: " + text(cause))
            .collect(Collectors.joining());
  }

  private static String text(KnownBug cause) {
    String fixed = cause.fixedIn().map(version -> "fixed in " + version).orElse(cause.help());
    return fixed.isEmpty() ? cause.text() : cause.text() + " (" + fixed + ")";
  }

  /** {@code 7 d}, {@code 36 h}, {@code 90 min}. */
  private static String text(Duration time) {
    if (!time.equals(Duration.ofMinutes(time.toMinutes()))) {
      return time.toSeconds() + " s";
    }
    if (!time.equals(Duration.ofHours(time.toHours()))) {
      return time.toMinutes() + " min";
    }
    return time.equals(Duration.ofDays(time.toDays()))
        ? time.toDays() + " d"
        : time.toHours() + " h";
  }
}
