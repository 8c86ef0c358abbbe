package xmover.options;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way to stdout, which remembers that something could not be written: of that a {@link
 * java.io.PrintWriter} tells nobody.
 */
final class CheckedOutput extends OutputStream {
  private final OutputStream out;
  private volatile @Nullable IOException failure;

  CheckedOutput(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    try {
      out.write(bytes, from, length);
    } catch (IOException failed) {
      failure = failed;
      throw failed;
    }
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  /** Why something could not be written; a reader that has gone, as {@code head}, has enough. */
  Optional<String> failure() {
    return Optional.ofNullable(failure)
        .map(failed -> String.valueOf(failed.getMessage()))
        .filter(reason -> !reason.toLowerCase(Locale.ROOT).contains("pipe"));
  }
}
