package xmover.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Bytes that were sound before something happened to them on their way. */
final class OddBytes {
  private OddBytes() {}

  /** The same with up to four changes: bytes that differ, are lost, come twice or come between. */
  static byte[] of(byte[] sound, RandomGenerator random) {
    byte[] bytes = sound.clone();
    for (int changes = random.nextInt(5); changes > 0 && bytes.length > 0; changes--) {
      int from = random.nextInt(bytes.length);
      int to = Math.min(bytes.length, from + random.nextInt(1, 12));
      byte[] noise = new byte[random.nextInt(1, 12)];
      random.nextBytes(noise);
      switch (random.nextInt(5)) {
        case 0 -> bytes = joined(bytes, from, new byte[0], to);
        case 1 -> bytes = joined(bytes, to, Arrays.copyOfRange(bytes, from, to), to);
        case 2 -> bytes = joined(bytes, from, noise, from);
        case 3 -> bytes = Arrays.copyOf(bytes, from);
        default -> bytes[from] = noise[0];
      }
    }
    return bytes;
  }

  private static byte[] joined(byte[] bytes, int end, byte[] between, int begin) {
    var joined = new ByteArrayOutputStream();
    joined.write(bytes, 0, end);
    joined.writeBytes(between);
    joined.write(bytes, begin, bytes.length - begin);
    return joined.toByteArray();
  }
}
