package xmover.reset.engine;

import java.util.ArrayList;
import java.util.List;
import xmover.reset.EventHandlers;
import xmover.reset.RunEvent;
import xmover.reset.RunListener;

/** Keeps all that is told about a run, a line per event. */
final class ToldEvents implements RunListener {
  private final List<String> lines = new ArrayList<>();
  private final RunListener handlers =
      new EventHandlers()
          .on(
              RunEvent.Transition.class,
              e ->
                  lines.add(
                      "transition %s %s %s"
                          .formatted(e.to().table(), e.from().state(), e.to().state())))
          .on(
              RunEvent.LeasesAwaited.class,
              e ->
                  lines.add(
                      "waiting %d/%d %ds %s"
                          .formatted(
                              e.attempt(), e.attempts(), e.delay().toSeconds(), e.waitingFor())))
          .on(
              RunEvent.LeasesLookedAt.class,
              e ->
                  lines.add(
                      "looked %d of %d".formatted(e.reading().leases(), e.reading().primaries())))
          .on(
              RunEvent.QueryEnded.class,
              e -> lines.add(e.answered() ? "read answered" : "read failed"))
          .on(RunEvent.Sending.class, e -> lines.add("sending " + e.statement().text()))
          .on(RunEvent.Answered.class, e -> lines.add("answered " + e.statement().text()))
          .on(RunEvent.StatementFailed.class, e -> lines.add("failed " + e.statement().text()))
          .on(
              RunEvent.Retrying.class,
              e ->
                  lines.add(
                      "retrying %s %d %ds %s"
                          .formatted(e.what(), e.attempt(), e.delay().toSeconds(), e.reason())))
          .on(RunEvent.LeaseSyncRefused.class, e -> lines.add("refused %s".formatted(e.reason())))
          .on(RunEvent.Breaker.class, e -> lines.add("breaker %s".formatted(e.state())));

  /** Every line that begins so. */
  List<String> of(String beginning) {
    return lines.stream().filter(line -> line.startsWith(beginning)).toList();
  }

  @Override
  public void on(RunEvent event) {
    handlers.on(event);
  }
}
