package xmover.table;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An amount of data. Units are CrateDB's: 1 KB = 1024 bytes. */
public record Bytes(long value) implements Comparable<Bytes> {
  /** Nothing. */
  public static final Bytes ZERO = new Bytes(0);

  private static final Pattern SETTING = Pattern.compile("(\\d{1,6}(?:\\.\\d+)?)([kmgtp]?)b?");

  private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB", "PB"};

  public Bytes {
    if (value < 0) {
      throw new IllegalArgumentException("negative size: " + value);
    }
  }

  /** Megabytes of 1,048,576 bytes, rounded to a whole byte. */
  public static Bytes megabytes(double megabytes) {
    return new Bytes(Math.round(megabytes * 1024 * 1024));
  }

  /** Reads a size as CrateDB prints it in its settings, {@code 40mb}; empty when it is none. */
  public static Optional<Bytes> ofSetting(String text) {
    Matcher size = SETTING.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!size.matches()) {
      return Optional.empty();
    }
    int power = size.group(2).isEmpty() ? 0 : 1 + "kmgtp".indexOf(size.group(2));
    return Optional.of(
        new Bytes(Math.round(Double.parseDouble(size.group(1)) * (1L << (10 * power)))));
  }

  /** This amount as a percentage of another one; 0 bytes of anything are 0 %. */
  public double percentOf(Bytes whole) {
    return value == 0 ? 0 : 100.0 * value / whole.value;
  }

  @Override
  public int compareTo(Bytes other) {
    return Long.compare(value, other.value);
  }

  /** For people: {@code 1.4 GB}, {@code 55 B}. */
  @Override
  public String toString() {
    double amount = value;
    int unit = 0;
    while (amount >= 1023.95 && unit < UNITS.length - 1) {
      amount /= 1024;
      unit++;
    }
    return unit == 0 ? value + " B" : String.format(Locale.ROOT, "%.1f %s", amount, UNITS[unit]);
  }
}
