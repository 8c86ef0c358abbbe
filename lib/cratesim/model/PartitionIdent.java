package cratesim.model;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/**
 * The ident of a partition as CrateDB makes it: count of values, each value's length plus one and
 * text, NULL as zero, all in lower-case base 32 of the hex kind.
 */
public final class PartitionIdent {
  private static final String DIGITS = "0123456789abcdefghijklmnopqrstuv";

  private PartitionIdent() {}

  public static String of(Collection<?> values) {
    var bytes = new ByteArrayOutputStream();
    writeNumber(bytes, values.size());
    for (Object value : values) {
      byte[] text = value == null ? new byte[0] : value.toString().getBytes(StandardCharsets.UTF_8);
      writeNumber(bytes, value == null ? 0 : text.length + 1);
      bytes.writeBytes(text);
    }
    return base32(bytes.toByteArray());
  }

  /** Seven bits a byte, the lowest first. */
  private static void writeNumber(ByteArrayOutputStream bytes, int number) {
    int rest = number;
    while (rest > 0x7f) {
      bytes.write((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    bytes.write(rest);
  }

  private static String base32(byte[] bytes) {
    var text = new StringBuilder();
    int buffer = 0;
    int bits = 0;
    for (byte b : bytes) {
      buffer = (buffer << 8) | (b & 0xff);
      bits += 8;
      while (bits >= 5) {
        bits -= 5;
        text.append(DIGITS.charAt((buffer >> bits) & 31));
      }
      buffer &= (1 << bits) - 1;
    }
    return bits == 0
        ? text.toString()
        : text.append(DIGITS.charAt((buffer << (5 - bits)) & 31)).toString();
  }
}
