package xmover.log;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import xmover.log.LogOutput.Form;
import xmover.log.LogOutput.Severity;
import xmover.reset.RecoveryReading;
import xmover.reset.RunEvent;
import xmover.reset.RunListener;
import xmover.table.TableRef;

/**
 * Logs a run, a line for each event. Each statement that changes something is logged before it
 * leaves and after it was answered: that is the audit trail.
 */
public final class StructuredLogger implements RunListener {
  /** What {@link RunLog} says, with more than the event knows. */
  private static final Set<String> SAID_BY_RUN_LOG =
      Set.of(
          "cluster_reached", "chosen", "resumed", "result", "stopping", "run_ended", "run_broken");

  private static final double STEP = 10;
  private static final Duration SILENCE = Duration.ofMinutes(1);

  private final LogLines lines;

  /** What was said of a table's gates already: they are asked before each remedy of it. */
  private final Map<TableRef, Set<String>> gates = new HashMap<>();

  private final Map<TableRef, Recovery> recoveries = new HashMap<>();

  private record Recovery(RecoveryReading reading, Instant at) {
    /** Told when it has moved, or once a minute. */
    boolean isStale(RecoveryReading now, Instant instant) {
      return now.started() != reading.started()
          || Math.abs(now.percent() - reading.percent()) >= STEP
          || Duration.between(at, instant).compareTo(SILENCE) >= 0;
    }
  }

  public StructuredLogger(LogLines lines) {
    this.lines = lines;
  }

  @Override
  public void on(RunEvent event) {
    EventWords.of(event).stream()
        .filter(words -> !SAID_BY_RUN_LOG.contains(words.name()) && isNews(words))
        .forEach(words -> log(severity(event, words), words));
    if (event instanceof RunEvent.TableEnded ended) {
      gates.remove(ended.finding().table());
      recoveries.remove(ended.finding().table());
    }
  }

  private void log(Severity severity, EventWords words) {
    lines.log(severity, words.name(), words.table().orElse(null), words.line(), words.fields());
  }

  private boolean isNews(EventWords words) {
    return !words.name().equals("gate")
        || gates
            .computeIfAbsent(words.table().orElseThrow(), t -> new HashSet<>())
            .add(words.text());
  }

  private Severity severity(RunEvent event, EventWords words) {
    if (event instanceof RunEvent.Recovering recovering) {
      return hasMoved(recovering) ? Severity.INFO : Severity.DEBUG;
    }
    boolean trail = event instanceof RunEvent.Answered;
    return trail && lines.output().form() == Form.console ? Severity.DEBUG : words.severity();
  }

  private boolean hasMoved(RunEvent.Recovering event) {
    TableRef table = event.finding().table();
    Instant now = lines.now();
    @Nullable Recovery before = recoveries.get(table);
    boolean moved = before == null || before.isStale(event.reading(), now);
    if (moved) {
      recoveries.put(table, new Recovery(event.reading(), now));
    }
    return moved;
  }
}
