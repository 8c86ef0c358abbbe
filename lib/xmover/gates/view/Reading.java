package xmover.gates.view;

import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import xmover.reset.GateVerdict;

/**
 * What a gate wants to see: it, or why it could not be read, which shuts it.
 *
 * @param failure why there is no value, in words; empty when there is one
 */
public record Reading<T>(Optional<T> value, String failure) {
  public static final String LOOK = "see that it can be read, then run again";

  public Reading {
    if (value.isPresent() != failure.isEmpty()) {
      throw new IllegalArgumentException("either a value or why there is none");
    }
  }

  public static <T> Reading<T> of(T value) {
    return new Reading<>(Optional.of(value), "");
  }

  public static <T> Reading<T> unreadable(String why) {
    return new Reading<>(Optional.empty(), why);
  }

  /** Of what matters to no gate this time. */
  public static <T> Future<Reading<T>> notAsked() {
    return Future.succeededFuture(unreadable("nobody asked for it"));
  }

  /** A value CrateDB has to tell; its absence has a name. */
  public static <T> Reading<T> told(Optional<T> value, String name) {
    return value.map(Reading::of).orElseGet(() -> unreadable("CrateDB tells no " + name));
  }

  /** What follows from it. */
  public <R> Reading<R> then(Function<T, Reading<R>> next) {
    return value.map(next).orElseGet(() -> unreadable(failure));
  }

  /** What a gate says of it and of something else. */
  public <U> GateVerdict judge(String gate, Reading<U> other, BiFunction<T, U, GateVerdict> judge) {
    return judge(gate, value -> other.judge(gate, second -> judge.apply(value, second)));
  }

  /** What a gate says of it. */
  public GateVerdict judge(String gate, Function<T, GateVerdict> judge) {
    return value.map(judge).orElseGet(() -> GateVerdict.unread(gate, failure, LOOK));
  }
}
