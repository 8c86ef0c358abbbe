package xmover.rebalance;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import cratesim.SimulatedCluster;
import cratesim.model.SqlError;
import cratesim.scenario.Scenario;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import xmover.cluster.DirectCluster;
import xmover.cluster.FaultyCluster;
import xmover.cluster.sql.Sql;
import xmover.environment.SteppedTimers;
import xmover.reset.EventHandlers;
import xmover.reset.HoldJournal;
import xmover.reset.HoldNews;
import xmover.reset.RebalanceHold;
import xmover.reset.RunEvent;
import xmover.reset.RunListener;
import xmover.reset.machine.RunIdentity;

/** A simulated cluster whose rebalancing runs hold, one after the other, in stepped time. */
final class HoldBench {
  final SteppedTimers timers = new SteppedTimers();
  final FaultyCluster link;
  final Journal journal = new Journal();
  final List<HoldNews> told = new ArrayList<>();
  private final SimulatedCluster crate;

  HoldBench() {
    crate = new SimulatedCluster(Scenario.load("drill"), timers);
    link = new FaultyCluster(new DirectCluster(crate, "crate", timers), timers);
  }

  /** Outlasts every run. */
  static final class Journal implements HoldJournal {
    Optional<RebalanceHold> held = Optional.empty();
    boolean broken;
    boolean hangs;
    private final Promise<Void> disk = Promise.promise();

    void goOn() {
      disk.complete();
    }

    @Override
    public Future<Void> hold(RebalanceHold hold) {
      return write(Optional.of(hold));
    }

    @Override
    public Future<Void> release(RebalanceHold hold) {
      return write(held.filter(other -> !other.run().equals(hold.run())));
    }

    private Future<Void> write(Optional<RebalanceHold> now) {
      if (broken) {
        return Future.failedFuture("the disk is full");
      }
      held = now;
      return hangs ? disk.future() : Future.succeededFuture();
    }

    @Override
    public Future<Optional<RebalanceHold>> held() {
      return Future.succeededFuture(held);
    }
  }

  /** What a run of this name does with rebalancing. */
  RebalanceGuard run(String name) {
    RunListener listener =
        new EventHandlers().on(RunEvent.Rebalancing.class, event -> told.add(event.news()));
    var identity = new RunIdentity(name, "ops", "laptop", Instant.parse("2024-01-15T10:30:00Z"));
    return new RebalanceGuard(new RunAccess(link, link, timers, listener, identity), journal);
  }

  void begin(RebalanceGuard held) {
    timers.run(held.begin());
  }

  /** The sentence it refuses to begin with. */
  String refusal(RebalanceGuard held) {
    Throwable refused =
        timers.run(held.begin().transform(begun -> Future.succeededFuture(begun.cause())));
    return assertInstanceOf(HoldRefused.class, refused).getMessage();
  }

  HoldNews end(RebalanceGuard held) {
    return timers.run(held.end()).orElseThrow();
  }

  /** What anybody sets. */
  void set(String persistence, String value) {
    sql(Sql.setRebalance(value).text().replace("TRANSIENT", persistence));
  }

  String inForce() {
    return String.valueOf(sql(Sql.rebalance().text()).get(0).get(0));
  }

  private List<List<Object>> sql(String statement) {
    try {
      return crate.execute("crate", statement, List.of()).rows();
    } catch (SqlError wrong) {
      throw new AssertionError(statement, wrong);
    }
  }
}
