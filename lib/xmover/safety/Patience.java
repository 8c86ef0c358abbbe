package xmover.safety;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import xmover.cluster.Timers;
import xmover.reset.GateVerdict;
import xmover.table.Finding;

/**
 * How long a table is waited for whose copies move or start. Every reset makes CrateDB move shards
 * of other tables: what a run may have caused itself is waited for longer than what was there
 * before it changed anything.
 */
public final class Patience {
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

  /** A small shard is moved in that time. */
  private static final Duration AT_FIRST = Duration.ofSeconds(5);

  private final Timers timers;
  private final SentStatements ours;
  private final Duration longest;
  private final BiConsumer<Finding, GateVerdict> told;

  /**
   * @param ours what the run sent itself
   * @param longest the longest wait for one table
   * @param told is told what is waited for, whenever that is something else
   */
  public Patience(
      Timers timers, SentStatements ours, Duration longest, BiConsumer<Finding, GateVerdict> told) {
    this.timers = timers;
    this.ours = ours;
    this.longest = longest;
    this.told = told;
  }

  /** Asks until the answer is not one that passes by itself, or the time is over. */
  Future<List<GateVerdict>> untilNothingPasses(
      Finding table, Supplier<Future<List<GateVerdict>>> ask) {
    return ask(table, ask, timers.now(), Optional.empty());
  }

  private Future<List<GateVerdict>> ask(
      Finding table,
      Supplier<Future<List<GateVerdict>>> ask,
      Instant since,
      Optional<GateVerdict> before) {
    return ask.get()
        .compose(
            verdicts -> {
              Optional<GateVerdict> passing = passing(verdicts);
              if (passing.isEmpty() || !timers.now().isBefore(since.plus(longest()))) {
                return Future.succeededFuture(verdicts);
              }
              if (!passing.equals(before)) {
                told.accept(table, passing.get());
              }
              return timers.after(BETWEEN_LOOKS).compose(later -> ask(table, ask, since, passing));
            });
  }

  private Duration longest() {
    return ours.any() || longest.compareTo(AT_FIRST) < 0 ? longest : AT_FIRST;
  }

  /** The one gate that is shut, where what it saw passes. */
  private static Optional<GateVerdict> passing(List<GateVerdict> verdicts) {
    List<GateVerdict> shut = verdicts.stream().filter(GateVerdict::isShut).toList();
    return shut.stream()
        .filter(verdict -> shut.size() == 1 && verdict.gate().equals(TableGate.NAME))
        .findFirst();
  }
}
