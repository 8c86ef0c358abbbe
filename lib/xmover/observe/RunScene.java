package xmover.observe;

import io.vertx.core.Vertx;
import java.util.function.Consumer;
import xmover.environment.Timers;
import xmover.reset.machine.RunIdentity;

/**
 * What observers of a run are made from.
 *
 * @param target which cluster it is about, in the words of the connection, without credentials
 * @param cleartextPasswordAllowed whether a login may cross a network without TLS
 * @param warning takes a sentence for the log: what an observer can't do must not fail the run
 */
public record RunScene(
    RunIdentity run,
    String target,
    Vertx vertx,
    Timers timers,
    boolean cleartextPasswordAllowed,
    Consumer<String> warning) {}
