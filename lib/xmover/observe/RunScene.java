package xmover.observe;

import io.vertx.core.Vertx;
import java.util.function.Consumer;
import xmover.cluster.Timers;
import xmover.reset.RunIdentity;

/**
 * What observers of a run are made from.
 *
 * @param warning takes a sentence for the log: what an observer can't do must not fail the run
 */
public record RunScene(RunIdentity run, Vertx vertx, Timers timers, Consumer<String> warning) {}
