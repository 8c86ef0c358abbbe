package xmover.fuzz;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/**
 * Tries a promise with one random input after the other. Every run begins elsewhere; a failure
 * names its seed, and {@code XMOVER_SEED} repeats that try first. {@code XMOVER_FUZZ=100} tries a
 * hundred times as often.
 */
public final class Tries {
  private static final RandomGeneratorFactory<RandomGenerator> RANDOM =
      RandomGeneratorFactory.of("L64X128MixRandom");

  private static final long TIMES = variable("XMOVER_FUZZ").map(Long::parseLong).orElse(1L);
  private static final Optional<Long> SEED = variable("XMOVER_SEED").map(Long::parseLong);

  private static volatile @Nullable Guide guide;

  /** What is to hold for whatever the source of randomness makes. */
  @FunctionalInterface
  public interface Promise {
    void holds(RandomGenerator random) throws Exception;
  }

  /** What is to hold for whatever bytes come in. */
  @FunctionalInterface
  public interface BytesPromise {
    void holds(byte[] bytes) throws Exception;
  }

  /** Takes promises over and tries them in its own way. */
  @FunctionalInterface
  interface Guide {
    void takes(List<byte[]> sound, BytesPromise promise);
  }

  private Tries() {}

  private static Optional<String> variable(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
  }

  /** From now on, no promise is tried here. */
  static void leaveTo(Guide other) {
    guide = other;
  }

  /** Tries it so often, times {@code XMOVER_FUZZ}. */
  public static void of(int tries, Promise promise) {
    Guide other = guide;
    if (other == null) {
      here(tries, promise);
    } else {
      other.takes(List.of(), bytes -> promise.holds(new RandomOfBytes(bytes)));
    }
  }

  /** Tries it with bytes that differ a little from those that are sound. */
  public static void ofBytes(int tries, List<byte[]> sound, BytesPromise promise) {
    Guide other = guide;
    if (other == null) {
      here(tries, random -> promise.holds(OddBytes.of(RandomText.one(random, sound), random)));
    } else {
      other.takes(sound, promise);
    }
  }

  private static void here(int tries, Promise promise) {
    long first = SEED.orElseGet(System::nanoTime);
    for (long seed = first; seed < first + tries * TIMES; seed++) {
      try {
        promise.holds(RANDOM.create(seed));
      } catch (Exception | AssertionError | StackOverflowError broken) {
        throw new AssertionError("XMOVER_SEED=" + seed + " repeats this: " + broken, broken);
      }
    }
  }
}
