package xmover.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import xmover.cluster.Cluster;
import xmover.cluster.Row;
import xmover.cluster.Statement;
import xmover.environment.SteppedTimers;
import xmover.recovery.CopiesReader;
import xmover.recovery.ScriptedCopies;

/** How much the gates ask a cluster for each table. */
class StatementsOfTheGatesTest {
  private final List<Statement> asked = new ArrayList<>();

  private Cluster counting(Cluster cluster) {
    return new Cluster() {
      @Override
      public Future<List<Row>> execute(Statement statement) {
        asked.add(statement);
        return cluster.execute(statement);
      }

      @Override
      public Future<Void> close() {
        return cluster.close();
      }
    };
  }

  @Test
  void whether_a_table_healed_meanwhile_is_one_statement() {
    var timers = new SteppedTimers();
    var copies =
        new ScriptedCopies(timers, 3)
            .at(Duration.ZERO, "0 primary STARTED a 55", "0 replica STARTED b 55");
    timers.run(new CopiesReader(counting(copies), Findings.counted(1, 1, 0)).look());
    assertEquals(1, asked.size(), asked.toString());
  }

  @Test
  void three_statements_are_about_the_table_and_five_are_shared() {
    var bench = new GateBench("", "");
    bench.between = this::counting;
    bench.asked(IgnoredGates.NONE, Duration.ofSeconds(5));
    assertEquals(3, asked.stream().filter(s -> s.table().isPresent()).count());
    // One of them, the age of snapshots, is asked only where an option wants it.
    long shared =
        asked.stream()
            .filter(s -> s.table().isEmpty())
            .filter(
                s -> !s.text().contains("health") && !s.text().startsWith("SELECT name, version"))
            .count();
    assertEquals(5, shared, asked.toString());
  }
}
