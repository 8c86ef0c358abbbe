package xmover.observe;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import xmover.cluster.ClusterFailure;
import xmover.reset.GuardedListener;
import xmover.reset.RunEvent;

/** All who watch a run. */
public final class RunObservers {
  /** Longer than the slowest of them should need to give up a service that is down. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<RunObserver> observers;
  private final GuardedListener listener;
  private final RunScene scene;

  /**
   * @param broken is told what an observer threw
   */
  public RunObservers(List<RunObserver> observers, Consumer<Throwable> broken, RunScene scene) {
    this.observers = List.copyOf(observers);
    this.listener = new GuardedListener(observers, broken);
    this.scene = scene;
  }

  public List<RunObserver> list() {
    return observers;
  }

  /** Lets them begin; fails when one of them can't. */
  public Future<Void> begin(RunControl control) {
    return Future.all(observers.stream().map(one -> one.begin(control)).toList()).mapEmpty();
  }

  /** Tells each of them. */
  public Future<Void> on(RunEvent event) {
    listener.on(event);
    return Future.succeededFuture();
  }

  /** Lets them finish; completes in half a minute at most, and never fails. */
  public Future<Void> close() {
    return Future.join(observers.stream().map(this::close).toList()).mapEmpty();
  }

  private Future<Void> close(RunObserver observer) {
    return scene
        .timers()
        .within(PATIENCE, Future.succeededFuture().compose(now -> observer.close()))
        .onFailure(
            failure ->
                scene
                    .warning()
                    .accept(
                        observer.getClass().getSimpleName()
                            + " did not end in order: "
                            + ClusterFailure.sentence(failure)))
        .otherwiseEmpty();
  }
}
