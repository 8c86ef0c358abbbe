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
              e -> add("transition %s %s %s", e.to().table(), e.from().state(), e.to().state()))
          .on(
              RunEvent.LeasesAwaited.class,
              e ->
                  add(
                      "waiting %d/%d %ds %s",
                      e.attempt(), e.attempts(), e.delay().toSeconds(), e.waitingFor()))
          .on(
              RunEvent.LeasesLookedAt.class,
              e -> add("looked %d of %d", e.reading().leases(), e.reading().primaries()))
          .on(RunEvent.QueryEnded.class, e -> add(e.answered() ? "read answered" : "read failed"))
          .on(RunEvent.Sending.class, e -> lines.add("sending " + e.statement().text()))
          .on(RunEvent.Answered.class, e -> lines.add("answered " + e.statement().text()))
          .on(RunEvent.StatementFailed.class, e -> lines.add("failed " + e.statement().text()))
          .on(
              RunEvent.Retrying.class,
              e ->
                  add(
                      "retrying %s %d %ds %s",
                      e.what(), e.attempt(), e.delay().toSeconds(), e.reason()))
          .on(RunEvent.LeaseSyncRefused.class, e -> add("refused %s", e.reason()))
          .on(RunEvent.Breaker.class, e -> add("breaker %s", e.state()));

  private void add(String text, Object... values) {
    lines.add(text.formatted(values));
  }

  /** Every line that begins so. */
  List<String> of(String beginning) {
    return lines.stream().filter(line -> line.startsWith(beginning)).toList();
  }

  @Override
  public void on(RunEvent event) {
    handlers.on(event);
  }
}
