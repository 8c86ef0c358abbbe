package xmover.options;

import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A value that refuses what makes no sense with a sentence: that is what the operator is told. */
record TypedValue<T>(Function<String, T> read) implements ITypeConverter<T> {
  @Override
  public T convert(String text) {
    try {
      return read.apply(text);
    } catch (IllegalArgumentException refused) {
      throw new TypeConversionException(String.valueOf(refused.getMessage()));
    }
  }
}
