package xmover.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xmover.Command;
import xmover.observe.DebianService;
import xmover.suite.NeedsProcess;

/** The silence under {@code config/alertmanager}, on a real Alertmanager. */
@NeedsProcess
class SilenceTest {
  private static final Path SILENCE = Config.FOLDER.resolve("alertmanager/silence.sh");

  @TempDir private Path folder;
  private String amtool;
  private DebianService alertmanager;

  @BeforeEach
  void start() throws Exception {
    amtool = DebianService.installed("amtool");
    alertmanager = DebianService.alertmanager(folder);
  }

  @AfterEach
  void stop() {
    if (alertmanager != null) {
      alertmanager.close();
    }
  }

  @Test
  void what_a_reset_does_on_purpose_is_silent_while_the_command_runs_and_no_longer()
      throws Exception {
    String url = "--alertmanager.url=" + alertmanager.url();
    DebianService.run(amtool, url, "alert", "add", "CrateDBUnderReplicated");
    DebianService.run(amtool, url, "alert", "add", "XMoverRestoreFailed");

    String active = "alert query --active --output=json " + url;
    var during = silenced("sh", "-c", "exec " + amtool + " " + active).run();
    assertEquals(0, during.exitCode(), during.err());
    JsonNode loud = new ObjectMapper().readTree(during.out());
    assertEquals(1, loud.size(), during.out());
    assertEquals("XMoverRestoreFailed", loud.at("/0/labels/alertname").asText());

    String after = DebianService.run(amtool, url, "silence", "query", "--quiet");
    assertEquals("", after.strip());
  }

  @Test
  void the_exit_code_is_that_of_the_command() throws Exception {
    assertEquals(4, silenced("sh", "-c", "exit 4").run().exitCode());
  }

  private Command silenced(String... command) {
    return Command.of(SILENCE, command).with("ALERTMANAGER_URL", alertmanager.url());
  }
}
