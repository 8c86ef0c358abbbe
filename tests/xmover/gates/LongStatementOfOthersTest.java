package xmover.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import xmover.cluster.FakeCluster;
import xmover.cluster.sql.PreflightSql;
import xmover.environment.SteppedTimers;
import xmover.gates.view.Reading;
import xmover.gates.view.SentStatements;
import xmover.gates.view.TableReader;
import xmover.table.TableRef;

/**
 * While somebody wrote a long text to the table, the gate {@code others} said that sys.jobs can't
 * be read, and the table was refused.
 */
class LongStatementOfOthersTest {
  @Test
  void a_long_text_that_somebody_writes_keeps_no_table_from_its_turn() {
    var table = TableRef.of("doc", "t");
    var timers = new SteppedTimers();
    Instant now = timers.now();
    Map<String, Object> insert =
        Map.of(
            "running",
            true,
            "username",
            "u",
            "stmt",
            "INSERT INTO t VALUES ('" + "x".repeat(100_000) + "')");
    var cluster =
        new FakeCluster().answer(PreflightSql.statements(table, Duration.ZERO), List.of(insert));
    var reader = new TableReader(cluster, timers, now, new SentStatements());
    assertEquals(Reading.of(List.of()), timers.run(reader.look(table, false)).statements());
  }
}
