package cratesim.model;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sizes as CrateDB's settings write them: {@code 100kb}, {@code 1.5gb}, a plain number of bytes.
 */
public final class ByteSize {
  private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([kmgt]?)b?");

  private ByteSize() {}

  /** Bytes; an {@link IllegalArgumentException} for anything that is no size. */
  public static long of(String text) {
    Matcher matcher = FORM.matcher(text.trim().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a size in bytes: '" + text + "'");
    }
    int power = matcher.group(2).isEmpty() ? 0 : 1 + "kmgt".indexOf(matcher.group(2));
    return Math.round(Double.parseDouble(matcher.group(1)) * (1L << (10 * power)));
  }
}
