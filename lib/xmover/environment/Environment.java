package xmover.environment;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What a command has around it. It is passed in, so that two commands can run in one JVM, each with
 * its own; {@link ThisProcess} makes the real one.
 *
 * @param variables the environment variables
 * @param user who runs it, by the name of the operating system
 * @param home the home folder of that user
 * @param folder where a relative path begins
 * @param in what is typed
 * @param out takes data
 * @param err takes messages and the log
 * @param console the terminal somebody sits at, if any
 * @param clock the time of day, which jumps when somebody sets it
 * @param timers the passing of time on this Vert.x
 * @param signals what tells the process to stop
 * @param end how the process ends at once
 * @param simulator starts simulated clusters, in a script that has them
 */
public record Environment(
    Map<String, String> variables,
    String user,
    Path home,
    Path folder,
    InputStream in,
    OutputStream out,
    OutputStream err,
    Console console,
    InstantSource clock,
    Function<Vertx, Timers> timers,
    Signals signals,
    ProcessEnd end,
    Simulator simulator) {

  public Environment {
    variables = Map.copyOf(variables);
  }

  /** The same with simulated clusters. */
  public Environment with(Simulator other) {
    return new Environment(
        variables, user, home, folder, in, out, err, console, clock, timers, signals, end, other);
  }

  /** The same with another way for data. */
  public Environment writing(OutputStream other) {
    return new Environment(
        variables, user, home, folder, in, other, err, console, clock, timers, signals, end,
        simulator);
  }

  /** The same with another way for the log. */
  public Environment logging(OutputStream other) {
    return new Environment(
        variables, user, home, folder, in, out, other, console, clock, timers, signals, end,
        simulator);
  }

  /** The same with another value of a variable. */
  public Environment setting(String name, String value) {
    Map<String, String> changed = new HashMap<>(variables);
    changed.put(name, value);
    return new Environment(
        changed, user, home, folder, in, out, err, console, clock, timers, signals, end, simulator);
  }

  /** The value of a variable; empty when it is not set. */
  public String variable(String name) {
    return variables.getOrDefault(name, "");
  }

  /** The passing of time; ask once, and hand it on. */
  public Timers timers(Vertx vertx) {
    return timers.apply(vertx);
  }

  /** The file that somebody typed. */
  public Path file(String typed) {
    return folder.resolve(typed);
  }

  /** All of a small file that somebody typed. */
  public String textOf(String typed) throws IOException {
    return Files.readString(file(typed));
  }
}
