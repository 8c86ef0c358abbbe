package xmover.fuzz;

import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

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

  /** What is to hold for whatever the source of randomness makes. */
  @FunctionalInterface
  public interface Promise {
    void holds(RandomGenerator random) throws Exception;
  }

  private Tries() {}

  private static Optional<String> variable(String name) {
    return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
  }

  /** Tries it so often, times {@code XMOVER_FUZZ}. */
  public static void of(int tries, Promise promise) {
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
