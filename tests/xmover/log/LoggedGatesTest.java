package xmover.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xmover.environment.TestEnvironment;
import xmover.log.LogOutput.Form;
import xmover.log.LogOutput.Severity;
import xmover.reset.GateVerdict;
import xmover.reset.RunEvent;
import xmover.reset.TableResult;
import xmover.reset.TestResults;

class LoggedGatesTest {
  private static final List<GateVerdict> RED =
      List.of(GateVerdict.shut("health", "RED", "wait until it is not"));

  @TempDir private Path folder;

  @Test
  void a_gate_that_is_asked_before_each_remedy_of_a_table_is_warned_of_once() {
    var around = new TestEnvironment(folder);
    TableResult mine = TestResults.of("doc.mine", "refused");
    TableResult yours = TestResults.of("doc.yours", "refused");
    try (LogOutput log = LogOutput.open(around.environment(), Form.console, Severity.INFO)) {
      var logger = new StructuredLogger(new LogLines(log, "run", InstantSource.system()));
      logger.on(new RunEvent.GatesAsked(mine.finding(), RED));
      logger.on(new RunEvent.GatesAsked(mine.finding(), RED));
      logger.on(new RunEvent.GatesAsked(yours.finding(), RED));
      logger.on(
          new RunEvent.GatesAsked(
              mine.finding(), List.of(GateVerdict.shut("health", "RED again", ""))));
      logger.on(new RunEvent.TableEnded(mine));
      logger.on(new RunEvent.GatesAsked(mine.finding(), RED));
    }
    assertEquals(
        List.of("doc.mine: RED", "doc.yours: RED", "doc.mine: RED again", "doc.mine: RED"),
        around
            .err()
            .lines()
            .map(line -> line.replaceFirst(".*WARN\\] (doc\\.\\w+): gate SHUT: health", "$1"))
            .map(line -> line.replaceFirst(" \\(.*", ""))
            .toList());
  }
}
