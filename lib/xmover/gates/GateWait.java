package xmover.gates;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import xmover.environment.Timers;
import xmover.gates.view.SentStatements;
import xmover.reset.GateVerdict;
import xmover.table.Finding;

/**
 * How long a table is waited for whose copies move or start. Every reset makes CrateDB move shards
 * of other tables: what a run may have caused itself is waited for longer than what was there
 * before it changed anything.
 */
public final class GateWait {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

  /** A small shard is moved in that time. */
  private static final Duration AT_FIRST = Duration.ofSeconds(5);

  private final Timers timers;
  private final SentStatements ours;
  private final Duration longest;
  private final BiConsumer<Finding, GateVerdict> told;
  private boolean ended;

  /**
   * @param ours what the run sent itself
   * @param longest the longest wait for one table
   * @param told is told what is waited for, whenever that is something else
   */
  public GateWait(
      Timers timers, SentStatements ours, Duration longest, BiConsumer<Finding, GateVerdict> told) {
    this.timers = timers;
    this.ours = ours;
    this.longest = longest;
    this.told = told;
  }

  /** Asks until the answer is not one that passes by itself, or the time is over. */
  Future<List<GateVerdict>> untilNothingPasses(
      Finding table, Supplier<Future<List<GateVerdict>>> ask) {
    var wait = new Wait(table, ask);
    wait.look();
    return wait.answer.future();
  }

  /** Waits for nothing any more: whoever waits gets the answer of the look under way. */
  public void end() {
    ended = true;
  }

  /** One table's wait. No chain of futures: thousands of looks would end in too deep a stack. */
  private final class Wait {
    private final Finding table;
    private final Supplier<Future<List<GateVerdict>>> ask;
    private final Instant since = timers.now();
    private final Promise<List<GateVerdict>> answer = Promise.promise();
    private Optional<GateVerdict> before = Optional.empty();

    Wait(Finding table, Supplier<Future<List<GateVerdict>>> ask) {
      this.table = table;
      this.ask = ask;
    }

    void look() {
      ask.get().onFailure(answer::fail).onSuccess(this::looked);
    }

    private void looked(List<GateVerdict> verdicts) {
      Optional<GateVerdict> passing = passing(verdicts);
      if (ended || passing.isEmpty() || !timers.now().isBefore(since.plus(longest()))) {
        answer.complete(verdicts);
        return;
      }
      if (!passing.equals(before)) {
        told.accept(table, passing.get());
      }
      before = passing;
      timers.after(BETWEEN_LOOKS).onSuccess(later -> look());
    }
  }

  private Duration longest() {
    return ours.movesShards() || longest.compareTo(AT_FIRST) < 0 ? longest : AT_FIRST;
  }

  /** The one gate that is shut, where what it saw passes. */
  private static Optional<GateVerdict> passing(List<GateVerdict> verdicts) {
    List<GateVerdict> shut = verdicts.stream().filter(GateVerdict::isShut).toList();
    return shut.stream()
        .filter(verdict -> shut.size() == 1 && verdict.gate().equals(TableGate.NAME))
        .findFirst();
  }
}
