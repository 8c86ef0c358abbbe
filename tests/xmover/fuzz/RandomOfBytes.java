package xmover.fuzz;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Draws from bytes, as few of them as each drawing needs, so that who changes one byte changes one
 * decision. After the last byte it goes on with numbers that are always the same.
 */
final class RandomOfBytes implements RandomGenerator {
  private final byte[] bytes;
  private final SplittableRandom rest = new SplittableRandom(0);
  private int at;

  RandomOfBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  private long next(int count) {
    long value = 0;
    for (int i = 0; i < count; i++) {
      int one = at < bytes.length ? bytes[at++] : rest.nextInt();
      value = (value << 8) | (one & 0xff);
    }
    return value;
  }

  @Override
  public long nextLong() {
    return next(8);
  }

  @Override
  public int nextInt() {
    return (int) next(4);
  }

  @Override
  public boolean nextBoolean() {
    return (next(1) & 1) == 1;
  }

  @Override
  public int nextInt(int bound) {
    return (int) nextLong(bound);
  }

  @Override
  public int nextInt(int origin, int bound) {
    return (int) nextLong(origin, bound);
  }

  @Override
  public long nextLong(long bound) {
    return nextLong(0, bound);
  }

  @Override
  public long nextLong(long origin, long bound) {
    if (origin >= bound) {
      throw new IllegalArgumentException("nothing from " + origin + " to " + bound);
    }
    long size = bound - origin;
    int count = (71 - Long.numberOfLeadingZeros(size - 1)) / 8;
    return origin + Long.remainderUnsigned(next(count), size);
  }
}
