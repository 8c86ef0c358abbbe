package xmover.reset.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import xmover.cluster.FakeCluster;
import xmover.cluster.Statement;
import xmover.cluster.sql.Sql;
import xmover.environment.SteppedTimers;

class AuditedClusterTest {
  private final ToldEvents told = new ToldEvents();

  @Test
  void a_write_about_no_table_is_told_before_and_after_like_any_other() {
    Statement none = Sql.setRebalance("none");
    send(new FakeCluster().answer(none, List.of()), none);
    assertEquals(List.of("sending " + none.text()), told.of("sending"));
    assertEquals(List.of("answered " + none.text()), told.of("answered"));
  }

  @Test
  void a_write_that_fails_is_told_as_failed() {
    Statement none = Sql.setRebalance("none");
    send(new FakeCluster(), none);
    assertEquals(List.of("failed " + none.text()), told.of("failed"));
    assertEquals(List.of(), told.of("answered"));
  }

  @Test
  void a_read_is_told_once_when_it_came_back() {
    send(new FakeCluster().answer(Sql.rebalance(), List.of()), Sql.rebalance());
    send(new FakeCluster(), Sql.rebalance());
    assertEquals(List.of("read answered", "read failed"), told.of(""));
  }

  private void send(FakeCluster cluster, Statement statement) {
    new AuditedCluster(cluster, new SteppedTimers(), told).execute(statement).otherwiseEmpty();
  }
}
