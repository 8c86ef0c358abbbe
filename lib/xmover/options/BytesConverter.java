package xmover.options;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import xmover.table.Bytes;

/**
 * Reads a size: {@code 500MB}, {@code 1.5 gb}, {@code 64k}. A number alone is refused: nobody means
 * bytes.
 */
final class BytesConverter implements ITypeConverter<Bytes> {
  private static final Pattern SIZE =
      Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(b|[kmgtp]b?)", Pattern.CASE_INSENSITIVE);
  private static final List<Character> UNITS = List.of('b', 'k', 'm', 'g', 't', 'p');

  @Override
  public Bytes convert(String text) {
    Matcher size = SIZE.matcher(text.strip());
    if (!size.matches()) {
      throw new TypeConversionException("'" + text + "' is no size: write 500MB, 20GB or 1.5TB");
    }
    int unit = UNITS.indexOf(size.group(2).toLowerCase(Locale.ROOT).charAt(0));
    double bytes = Double.parseDouble(size.group(1)) * Math.pow(1024, unit);
    if (bytes > Long.MAX_VALUE) {
      throw new TypeConversionException("'" + text + "' is more than any cluster holds");
    }
    return new Bytes(Math.round(bytes));
  }
}
