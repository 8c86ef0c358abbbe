package xmover.options;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xmover.cli.Operator;
import xmover.environment.TestEnvironment;

/** A full disk cut what was printed, and the command ended with 0. */
class UnwrittenOutputTest {
  @TempDir private Path home;

  @ParameterizedTest
  @CsvSource({
    "detect --connect sim:quiet, No space left on device, 1",
    "--help, No space left on device, 1",
    "detect --connect sim:quiet, Broken pipe, 0",
    "--help, Broken pipe, 0",
    "detect --connect sim:none, No space left on device, 1"
  })
  void output_that_can_not_be_written_is_an_error_unless_its_reader_has_gone(
      String command, String reason, int code) {
    var around = new TestEnvironment(home);
    var environment = around.environment().writing(new Failing(reason));
    assertEquals(code, Cli.run(environment, Operator.xmover(), command.split(" ")), around::err);
    boolean told = around.err().contains("xmover: the output can't be written: " + reason + "\n");
    assertEquals(code == 1 && !command.contains("none"), told, around::err);
  }

  private static final class Failing extends OutputStream {
    private final String reason;

    Failing(String reason) {
      this.reason = reason;
    }

    @Override
    public void write(int one) throws IOException {
      throw new IOException(reason);
    }
  }
}
