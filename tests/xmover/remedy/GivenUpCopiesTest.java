package xmover.remedy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import xmover.cluster.Cluster;
import xmover.cluster.ClusterFailure;
import xmover.cluster.Row;
import xmover.cluster.Statement;
import xmover.detect.Detection;
import xmover.environment.SteppedTimers;
import xmover.gates.view.ClusterReader;
import xmover.gates.view.SentStatements;
import xmover.gates.view.TableReader;
import xmover.reset.GentlerRemedy.Permit;
import xmover.reset.Recovery;
import xmover.reset.Remedy;
import xmover.reset.RunListener;
import xmover.table.Bytes;
import xmover.table.Finding;
import xmover.table.Relation;
import xmover.table.ShardTotals;
import xmover.table.TableRef;
import xmover.table.Verdict;

/** A sibling that arrives from another node is not the copy that CrateDB gave up on. */
class GivenUpCopiesTest {
  private static final TableRef TABLE = TableRef.of("doc", "t");
  private static final Duration TAKES = Duration.ofSeconds(30);
  private static final String GIVEN_UP =
      "shard has exceeded the maximum number of retries [5] on failed allocation attempts -"
          + " failed_attempts[5], details[it can't be replayed], allocation_status[no_attempt]";

  private static final String PRIMARY = "primary STARTED a -";
  private static final String LEAVING = "replica RELOCATING b c";
  private static final String ARRIVING = "replica INITIALIZING c b";
  private static final String ARRIVED = "replica STARTED c -";
  private static final String WITHOUT_NODE = "replica UNASSIGNED - -";
  private static final String BEING_BUILT = "replica INITIALIZING d -";
  private static final String BUILT = "replica STARTED d -";

  private final SteppedTimers timers = new SteppedTimers();
  private final List<String> told = new ArrayList<>();
  private Duration arrives = Duration.ofSeconds(3);
  private Duration mends = Duration.ofDays(1);
  private boolean isRead = true;

  private void mend() {
    Cluster cluster = cluster();
    var targets =
        new MoveTargets(
            new ClusterReader(cluster, timers, List.of("6.3.7")),
            new TableReader(cluster, timers, timers.now(), new SentStatements()));
    var context =
        new RemedyContext(
            cluster,
            timers,
            RunListener.NONE,
            targets,
            new RecoverySlots(),
            Optional.of(Duration.ofMinutes(5)),
            Recovery.NONE);
    var steps = new CopySteps(finding(), context, Promise.<Void>promise().future());
    var given =
        new GivenUpCopies(
            steps,
            permit(),
            done -> tell("done", done),
            undone -> tell("undone", undone),
            unread -> tell("unread", unread));
    timers.run(new Detection(cluster).copies(List.of(TABLE)).compose(given::mended));
  }

  private void tell(String how, String what) {
    told.add("%s: %s".formatted(how, what));
  }

  private static Permit permit() {
    return new Permit() {
      @Override
      public Future<Optional<String>> ask(Remedy remedy) {
        return Future.succeededFuture(Optional.empty());
      }

      @Override
      public boolean isUnread() {
        return false;
      }
    };
  }

  private static Finding finding() {
    var relation =
        new Relation(
            TABLE,
            Optional.empty(),
            Optional.empty(),
            false,
            false,
            false,
            "1",
            true,
            Optional.of("6.3.7"));
    var totals = new ShardTotals(1, 2, 0, Optional.empty(), Optional.empty(), new Bytes(1), 1);
    return new Finding(relation, totals, List.of(), Verdict.reset("given up"));
  }

  private Cluster cluster() {
    return new Cluster() {
      private int looks;

      @Override
      public Future<List<Row>> execute(Statement statement) {
        if (statement.text().contains("sys.allocations")) {
          return looks++ > 0 && !isRead ? unreadable() : Future.succeededFuture(allocations());
        }
        return Future.succeededFuture(
            statement.text().contains("sys.shards") ? copies() : List.of());
      }

      @Override
      public Future<Void> close() {
        return Future.succeededFuture();
      }
    };
  }

  private static Future<List<Row>> unreadable() {
    return Future.failedFuture(
        new ClusterFailure(ClusterFailure.Kind.SERVER, "the master is away", null, null));
  }

  private boolean isMended() {
    return timers.passed().compareTo(mends) >= 0;
  }

  private boolean isBuilt() {
    return timers.passed().minus(TAKES).compareTo(mends) >= 0;
  }

  private List<Row> allocations() {
    return isMended()
        ? List.of()
        : List.of(
            row(
                Map.of(
                    "schema_name",
                    "doc",
                    "table_name",
                    "t",
                    "partition_ident",
                    "",
                    "shard_id",
                    0L,
                    "primary",
                    false,
                    "decisions",
                    List.of(GIVEN_UP))));
  }

  private List<Row> copies() {
    var copies = new ArrayList<>(List.of(PRIMARY));
    copies.addAll(
        timers.passed().compareTo(arrives) < 0 ? List.of(LEAVING, ARRIVING) : List.of(ARRIVED));
    copies.add(isBuilt() ? BUILT : isMended() ? BEING_BUILT : WITHOUT_NODE);
    return copies.stream().map(GivenUpCopiesTest::copy).toList();
  }

  private static Row copy(String copy) {
    String[] words = copy.split(" ", -1);
    Map<String, Object> cells = new HashMap<>();
    cells.put("id", 0L);
    cells.put("primary", words[0].equals("primary"));
    cells.put("routing_state", words[1]);
    if (!words[2].equals("-")) {
      cells.put("node_name", words[2]);
      cells.put("max_seq_no", 9L);
      cells.put("local_checkpoint", 9L);
      cells.put("global_checkpoint", 9L);
    }
    if (!words[3].equals("-")) {
      cells.put("relocating_node", words[3]);
    }
    return row(cells);
  }

  private static Row row(Map<String, Object> cells) {
    return cells::get;
  }

  @Test
  void a_copy_that_arrives_from_another_node_is_not_taken_for_the_mended_one() {
    mends = Duration.ofSeconds(8);
    mend();
    assertEquals(List.of("done: shard 0 assigned again"), told);
    assertTrue(isBuilt(), "after " + timers.passed());
  }

  @Test
  void what_cratedb_gives_up_on_again_is_told_whoever_arrives() {
    mend();
    assertEquals(
        List.of(
            "undone: shard 0: again CrateDB gave a replica of shard 0 up after 5 failed attempts:"
                + " it can't be replayed"),
        told);
  }

  @Test
  void a_sibling_that_is_there_before_the_first_look_is_not_the_mended_one_either() {
    arrives = Duration.ofMillis(100);
    mends = Duration.ofSeconds(8);
    mend();
    assertEquals(List.of("done: shard 0 assigned again"), told);
    assertTrue(isBuilt(), "after " + timers.passed());
  }

  @Test
  void whether_it_is_still_given_up_unread_is_told_as_unread() {
    isRead = false;
    arrives = Duration.ZERO;
    mend();
    assertEquals(1, told.size(), told.toString());
    assertTrue(told.get(0).startsWith("unread: shard 0: not there after 300 s"), told.get(0));
    assertTrue(told.get(0).contains("the master is away"), told.get(0));
  }
}
