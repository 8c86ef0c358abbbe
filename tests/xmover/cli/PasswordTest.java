package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xmover.cli.Operator.Outcome;
import xmover.environment.TestEnvironment;

/** Where the password comes from, and that nobody reads it. */
class PasswordTest {
  @TempDir private Path folder;
  private WiredCluster drill;

  @BeforeEach
  void start() throws IOException {
    drill = WiredCluster.withUsers(folder);
  }

  @AfterEach
  void stop() {
    drill.close();
  }

  private Outcome types(Map<String, String> variables, String... words) {
    return Operator.types(new TestEnvironment(folder).with(variables), words);
  }

  @Test
  void it_comes_from_a_variable_or_a_file() throws Exception {
    Files.writeString(folder.resolve("password"), "s3cret\n");
    for (String url : drill.urls("guard")) {
      for (var variable :
          Map.of("CRATE_PASSWORD", "s3cret", "CRATE_PASSWORD_FILE", "password").entrySet()) {
        var outcome =
            types(
                Map.of(variable.getKey(), variable.getValue()),
                "test-connection",
                "--connect",
                url);
        assertEquals(0, outcome.exitCode(), outcome.err());
      }
    }
  }

  @Test
  void a_wrong_one_is_told_and_never_printed() {
    for (String url : drill.urls("guard")) {
      var outcome =
          types(
              Map.of("CRATE_CONNECTION_STRING", url, "CRATE_PASSWORD", "wr0ng"),
              "detect",
              "--debug");
      assertEquals(1, outcome.exitCode());
      assertEquals("", outcome.out());
      assertFalse(outcome.err().contains("wr0ng"), outcome.err());
    }
  }
}
