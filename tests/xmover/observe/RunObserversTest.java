package xmover.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import xmover.environment.SteppedTimers;
import xmover.reset.RunEvent;
import xmover.reset.machine.RunIdentity;

/** Whoever watches a run can't harm it, however it ends. */
class RunObserversTest {
  private static final RunIdentity RUN =
      new RunIdentity("run-1", "ops", "laptop", Instant.parse("2024-01-15T10:30:00Z"));

  private final Vertx vertx = Vertx.vertx();
  private final SteppedTimers timers = new SteppedTimers();
  private final List<String> warnings = new ArrayList<>();
  private final List<Throwable> broken = new ArrayList<>();
  private final RunScene scene = new RunScene(RUN, "db1:5432", vertx, timers, false, warnings::add);

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  /** Watches, and lets go as the test says. */
  private record Watching(Future<Void> end) implements RunObserver {
    @Override
    public void on(RunEvent event) {}

    @Override
    public Future<Void> close() {
      return end;
    }
  }

  private RunObservers observers(RunObserver... observers) {
    return new RunObservers(List.of(observers), broken::add, scene);
  }

  @Test
  void one_that_throws_costs_the_others_nothing() {
    List<RunEvent> told = new ArrayList<>();
    RunObserver throwing =
        event -> {
          throw new NoClassDefFoundError("a library that is missing");
        };
    var failed = new RunEvent.RunFailed(new RuntimeException("no route"), 1);
    observers(throwing, told::add).on(failed);
    assertEquals(List.of(failed), told);
    assertEquals(1, broken.size());
  }

  @Test
  void the_run_waits_until_they_have_said_what_they_have_to_say() {
    Promise<Void> sent = Promise.promise();
    Future<Void> closed = observers(new Watching(sent.future())).close();
    assertTrue(!closed.isComplete());
    sent.complete();
    assertTrue(closed.succeeded());
    assertEquals(List.of(), warnings);
  }

  @Test
  void one_that_never_ends_is_given_up_with_a_warning() {
    timers.run(observers(new Watching(Promise.<Void>promise().future())).close());
    assertEquals(List.of("Watching did not end in order: no answer within 30 s"), warnings);
  }

  @Test
  void one_that_can_not_end_costs_a_warning() {
    RunObserver throwing =
        new RunObserver() {
          @Override
          public void on(RunEvent event) {}

          @Override
          public Future<Void> close() {
            throw new IllegalStateException("disk full");
          }
        };
    assertTrue(observers(throwing, new Watching(Future.failedFuture("gone"))).close().succeeded());
    assertEquals(2, warnings.size(), warnings.toString());
    assertTrue(warnings.get(0).endsWith("did not end in order: disk full"), warnings.toString());
  }
}
