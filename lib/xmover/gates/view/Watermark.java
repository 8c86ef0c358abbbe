package xmover.gates.view;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import xmover.table.Bytes;

/**
 * A watermark of the disk as CrateDB reads it: {@code 85%} and {@code 0.85} are used space, {@code
 * 50gb} is free space that must remain.
 *
 * @param usedPercent of a share; 100 of an amount
 * @param freeBytes of an amount; 0 of a share
 */
public record Watermark(String text, double usedPercent, long freeBytes) {
  private static final Pattern AMOUNT = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([kmgtp]?)b?");
  private static final Pattern SHARE = Pattern.compile("(\\d+(?:\\.\\d+)?)(%?)");
  private static final String UNITS = "kmgtp";

  /** Reads a setting; empty when it is neither a share nor an amount. */
  public static Optional<Watermark> of(String text) {
    return share(text).or(() -> amount(text));
  }

  /** True when so many free bytes of a disk are enough. */
  public boolean allows(long free, long size) {
    return missing(free, size) == 0;
  }

  /** How many more free bytes a disk of this size needs; 0 when these are enough. */
  public long missing(long free, long size) {
    return Math.max(0, needed(size) - free);
  }

  /** How many bytes may still come until a disk of this size reaches it; 0 once it has. */
  public long left(long free, long size) {
    return Math.max(0, free - needed(size));
  }

  private long needed(long size) {
    return Math.max((long) Math.ceil(size * (100 - usedPercent) / 100), freeBytes);
  }

  /** A number of at most 1 without a unit is a ratio, as CrateDB has it. */
  private static Optional<Watermark> share(String text) {
    Matcher form = SHARE.matcher(text.trim());
    if (!form.matches()) {
      return Optional.empty();
    }
    double percent = Double.parseDouble(form.group(1)) * (form.group(2).isEmpty() ? 100 : 1);
    return percent <= 100 ? Optional.of(new Watermark(text, percent, 0)) : Optional.empty();
  }

  private static Optional<Watermark> amount(String text) {
    Matcher form = AMOUNT.matcher(text.trim().toLowerCase(Locale.ROOT));
    if (!form.matches()) {
      return Optional.empty();
    }
    double unit = Math.pow(1024, UNITS.indexOf(form.group(2)) + 1);
    double bytes = Double.parseDouble(form.group(1)) * (form.group(2).isEmpty() ? 1 : unit);
    return Optional.of(new Watermark(text, 100, (long) bytes));
  }

  /** For people: {@code 85% used} or {@code 50.0 GB free}. */
  @Override
  public String toString() {
    return freeBytes > 0 ? new Bytes(freeBytes) + " free" : text + " used";
  }
}
