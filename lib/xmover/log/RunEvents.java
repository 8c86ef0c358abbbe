package xmover.log;

import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import xmover.log.LogOutput.Severity;

/** Keeps the last of what happened in a run, in words. */
public class RunEvents extends EventForwarder {
  /** What a step from state to state tells as well. */
  private static final Set<String> TOLD_BY_STEPS = Set.of("replicas_zero", "completed");

  private final LastEvents events;

  public RunEvents(InstantSource clock) {
    this(new LastEvents(clock));
  }

  private RunEvents(LastEvents events) {
    super(
        event ->
            EventWords.of(event).stream()
                .filter(words -> words.severity() != Severity.DEBUG)
                .filter(words -> !TOLD_BY_STEPS.contains(words.name()))
                .forEach(words -> events.add(words.severity(), words.table(), words.text())));
    this.events = events;
  }

  /** Oldest first. */
  public final List<EventLine> last() {
    return events.list();
  }

  /** How many there were. */
  public final long count() {
    return events.count();
  }
}
