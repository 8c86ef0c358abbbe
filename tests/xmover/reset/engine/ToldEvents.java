package xmover.reset.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import xmover.cluster.Statement;
import xmover.reset.ResetListener;
import xmover.reset.machine.ResetJob;
import xmover.table.LeaseReading;
import xmover.table.TableRef;

/** Keeps all that is told about a run, a line per event. */
final class ToldEvents implements ResetListener {
  private final List<String> lines = new ArrayList<>();

  /** Every line that begins so. */
  List<String> of(String beginning) {
    return lines.stream().filter(line -> line.startsWith(beginning)).toList();
  }

  @Override
  public void transition(ResetJob from, ResetJob to) {
    lines.add("transition " + to.table() + " " + from.state() + " " + to.state());
  }

  @Override
  public void waiting(ResetJob job, int attempt, int attempts, Duration delay, String waitingFor) {
    lines.add("waiting %d/%d %ds %s".formatted(attempt, attempts, delay.toSeconds(), waitingFor));
  }

  @Override
  public void looked(ResetJob job, LeaseReading reading) {
    lines.add("looked " + reading.leases() + " of " + reading.primaries());
  }

  @Override
  public void read(Statement statement, boolean answered) {
    lines.add(answered ? "read answered" : "read failed");
  }

  @Override
  public void sending(Statement statement) {
    lines.add("sending " + statement.text());
  }

  @Override
  public void answered(Statement statement, Duration took) {
    lines.add("answered " + statement.text());
  }

  @Override
  public void failed(Statement statement, Duration took, Throwable failure) {
    lines.add("failed " + statement.text());
  }

  @Override
  public void retrying(TableRef table, String what, int attempt, Duration delay, String reason) {
    lines.add("retrying %s %d %ds %s".formatted(what, attempt, delay.toSeconds(), reason));
  }

  @Override
  public void leaseSyncRefused(TableRef table, String reason) {
    lines.add("refused " + reason);
  }

  @Override
  public void breaker(String state) {
    lines.add("breaker " + state);
  }
}
