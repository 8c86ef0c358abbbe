package xmover.journal.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static xmover.journal.table.InCluster.fresh;
import static xmover.journal.table.InCluster.get;
import static xmover.journal.table.InCluster.refusal;
import static xmover.journal.table.InCluster.run;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import xmover.cluster.Row;
import xmover.cluster.Statement;
import xmover.cluster.connection.Transport;
import xmover.journal.HostProcess;
import xmover.reset.machine.RunIdentity;
import xmover.table.TableRef;

/** What a lock in the cluster promises. */
public interface LockContract extends InCluster {
  private Future<ClusterLock> lock(
      Transport transport, String table, RunIdentity run, boolean takeover) {
    return ClusterLock.acquire(
        open(transport), schema(), table, run, takeover, timers(), said -> {});
  }

  @ParameterizedTest
  @EnumSource
  default void a_second_run_is_told_who_holds_the_lock(Transport transport) {
    String table = fresh();
    ClusterLock first = get(lock(transport, table, ALICE, false));
    assertEquals(Optional.empty(), first.takenFrom());
    String refusal = refusal(lock(transport, table, BOB, false));
    assertTrue(
        refusal.matches(
            "another run works on this cluster: alice@alice's \"laptop\" since"
                + " 2024-01-15T10:30:07.123456789Z \\(run run of alice\\), last heard of \\d+ s"
                + " ago. Wait until it has ended; if it is dead, the lock is free from"
                + " \\d\\d:\\d\\d:\\d\\d, in \\d+ s. Or take over with --takeover when you know"
                + " that it is dead"),
        refusal);
    get(first.release());
    get(first.release());
    get(get(lock(transport, table, BOB, false)).release());
  }

  @ParameterizedTest
  @EnumSource
  default void a_lock_can_be_taken_over_and_is_then_not_released_by_the_one_who_lost_it(
      Transport transport) {
    String table = fresh();
    ClusterLock first = get(lock(transport, table, ALICE, false));
    ClusterLock second = get(lock(transport, table, BOB, true));
    assertTrue(second.takenFrom().orElseThrow().startsWith("alice@"));
    get(first.release());
    assertTrue(refusal(lock(transport, table, ALICE, false)).contains("bob@"));
    get(second.release());
  }

  @ParameterizedTest
  @EnumSource
  default void a_silent_holder_loses_the_lock(Transport transport) {
    String table = fresh();
    get(lock(transport, table, ALICE, false));
    String own = TableRef.of(schema(), table).sqlName();
    get(
        open(transport)
            .execute(Statement.write("UPDATE " + own + " SET heartbeat = 0 WHERE id = 'run'")));
    ClusterLock second = get(lock(transport, table, BOB, false));
    assertTrue(second.takenFrom().orElseThrow().contains("silent for"));
    get(second.release());
  }

  @ParameterizedTest
  @EnumSource
  default void a_dead_process_of_this_host_loses_the_lock_at_once(Transport transport) {
    assumeTrue(HostProcess.current().isPresent(), "only Linux tells which process it was");
    String table = fresh();
    get(lock(transport, table, ALICE, false));
    String own = TableRef.of(schema(), table).sqlName();
    get(
        open(transport)
            .execute(
                Statement.write(
                    "UPDATE " + own + " SET process_start = process_start - 1 WHERE id = 'run'")));
    ClusterLock second = get(lock(transport, table, BOB, false));
    String former = second.takenFrom().orElseThrow();
    assertTrue(former.contains(", whose process " + ProcessHandle.current().pid()), former);
    get(second.release());
  }

  @ParameterizedTest
  @EnumSource
  default void the_lock_of_an_older_version_gets_the_columns_of_this_one(Transport transport) {
    String table = fresh();
    String own = TableRef.of(schema(), table).sqlName();
    execute(
        transport,
        "CREATE TABLE "
            + own
            + " (id TEXT PRIMARY KEY, run_id TEXT, started_by TEXT, host TEXT, started TEXT,"
            + " heartbeat TIMESTAMP WITH TIME ZONE) CLUSTERED INTO 1 SHARDS"
            + " WITH (\"number_of_replicas\" = '0-2', \"blocks.metadata\" = true)");
    execute(
        transport,
        "INSERT INTO "
            + own
            + " (id, run_id, started_by, host, started, heartbeat)"
            + " VALUES ('run', 'r', 'carol', 'laptop', '2024-01-15T10:30:16Z', now())");
    assertTrue(refusal(lock(transport, table, ALICE, false)).contains("carol@laptop"));
    execute(transport, "DELETE FROM " + own + " WHERE id = 'run'");
    get(lock(transport, table, ALICE, false));
    execute(transport, "UPDATE " + own + " SET pid = pid WHERE id = 'run'");
    Future<List<Row>> dropped =
        open(transport).execute(Statement.write("ALTER TABLE " + own + " DROP COLUMN pid"));
    get(dropped.otherwiseEmpty());
    assertTrue(dropped.failed(), "its metadata is blocked again");
  }

  private void execute(Transport transport, String statement) {
    get(open(transport).execute(Statement.write(statement)));
  }

  @ParameterizedTest
  @EnumSource
  default void of_many_at_once_one_gets_the_lock(Transport transport) {
    String table = fresh();
    get(get(lock(transport, table, ALICE, false)).release());
    for (boolean expired : new boolean[] {false, true}) {
      List<Future<ClusterLock>> tries = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        Transport wire = i % 2 == 0 ? Transport.HTTP : Transport.POSTGRESQL;
        tries.add(lock(wire, table, run("user" + i), false));
      }
      get(Future.join(tries).otherwiseEmpty());
      List<ClusterLock> held =
          tries.stream().filter(Future::succeeded).map(Future::result).toList();
      assertEquals(1, held.size(), "with an expired row: " + expired);
      String own = TableRef.of(schema(), table).sqlName();
      get(
          open(transport)
              .execute(Statement.write("UPDATE " + own + " SET heartbeat = 0 WHERE id = 'run'")));
    }
  }
}
