package xmover.safety;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import xmover.reset.GateVerdict;

/**
 * What a gate wants to see: it, or why it could not be read, which shuts it.
 *
 * @param failure why there is no value, in words; empty when there is one
 */
public record Seen<T>(Optional<T> value, String failure) {
  static final String LOOK = "see that it can be read, then run again";

  public Seen {
    if (value.isPresent() != failure.isEmpty()) {
      throw new IllegalArgumentException("either a value or why there is none");
    }
  }

  public static <T> Seen<T> of(T value) {
    return new Seen<>(Optional.of(value), "");
  }

  public static <T> Seen<T> unreadable(String why) {
    return new Seen<>(Optional.empty(), why);
  }

  /** A value CrateDB has to tell; its absence has a name. */
  static <T> Seen<T> told(Optional<T> value, String name) {
    return value.map(Seen::of).orElseGet(() -> unreadable("CrateDB tells no " + name));
  }

  /** What follows from it. */
  <R> Seen<R> then(Function<T, Seen<R>> next) {
    return value.map(next).orElseGet(() -> unreadable(failure));
  }

  /** What a gate says of it and of something else. */
  <U> GateVerdict judge(String gate, Seen<U> other, BiFunction<T, U, GateVerdict> judge) {
    return judge(gate, value -> other.judge(gate, second -> judge.apply(value, second)));
  }

  /** What a gate says of it. */
  GateVerdict judge(String gate, Function<T, GateVerdict> judge) {
    return value.map(judge).orElseGet(() -> GateVerdict.unread(gate, failure, LOOK));
  }
}
