package xmover.print;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import xmover.reset.CopyStep;
import xmover.reset.RunEvent;
import xmover.reset.RunListener;
import xmover.table.Age;
import xmover.table.Bytes;
import xmover.table.TableRef;

/**
 * What a plan knows besides the statements: what is decided for each copy, how fast copies are
 * built, and what snapshots there are.
 *
 * @param perSecond {@code indices.recovery.max_bytes_per_sec}; empty when it could not be read, or
 *     does not limit
 * @param snapshots of each table that is to be left with one copy
 * @param notes what is to be said of all tables
 */
public record PlanFacts(
    Map<TableRef, List<CopyStep>> steps,
    Optional<Bytes> perSecond,
    Map<TableRef, Snapshot> snapshots,
    List<String> notes) {

  /**
   * The newest successful snapshot with a table.
   *
   * @param age empty when there is none, or that is unknown
   * @param told in words
   */
  public record Snapshot(Optional<Duration> age, String told) {
    public static Snapshot of(Optional<Duration> age) {
      return new Snapshot(
          age,
          age.map(old -> "the newest snapshot with it is %s old".formatted(Age.text(old)))
              .orElse("sys.snapshots shows no successful snapshot with it"));
    }

    /** Nobody knows. */
    public static Snapshot unread(String why) {
      return new Snapshot(Optional.empty(), "whether a snapshot has it is unknown: " + why);
    }
  }

  /** Takes down what is decided for each copy. */
  public static final class Steps implements RunListener {
    private final Map<TableRef, List<CopyStep>> steps = new LinkedHashMap<>();

    @Override
    public synchronized void on(RunEvent event) {
      if (event instanceof RunEvent.CopyTreated copy) {
        steps.computeIfAbsent(copy.finding().table(), t -> new ArrayList<>()).add(copy.step());
      }
    }

    /** As far as it is known by now. */
    public synchronized Map<TableRef, List<CopyStep>> taken() {
      return Map.copyOf(steps);
    }
  }

  public PlanFacts {
    steps = Map.copyOf(steps);
    snapshots = Map.copyOf(snapshots);
    notes = List.copyOf(notes);
  }

  List<CopyStep> of(TableRef table) {
    return steps.getOrDefault(table, List.of());
  }

  /** About how long so much takes to copy; empty when that is unknown. */
  Optional<Duration> time(Optional<Bytes> amount) {
    return amount.flatMap(
        bytes ->
            perSecond.map(speed -> Duration.ofSeconds((bytes.value() - 1) / speed.value() + 1)));
  }

  /** The same in words: {@code about 26 s}. */
  String timeText(Optional<Bytes> amount) {
    return time(amount).map(time -> "about " + Age.text(time)).orElse("unknown how long");
  }
}
