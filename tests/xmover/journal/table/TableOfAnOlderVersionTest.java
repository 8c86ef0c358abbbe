package xmover.journal.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import xmover.cluster.Cluster;
import xmover.cluster.ClusterFailure;
import xmover.cluster.ClusterFailure.Kind;
import xmover.cluster.Row;
import xmover.cluster.Statement;
import xmover.table.TableRef;

/** A table that an older version created lacks the columns of this one. */
class TableOfAnOlderVersionTest {
  private static final OwnTable.Column PID = new OwnTable.Column("pid", "BIGINT");
  private static final OwnTable.Column BOOT = new OwnTable.Column("boot", "TEXT");

  private final OldTable table = new OldTable();

  @Test
  void its_columns_are_added_once_and_it_is_blocked_as_before() {
    Future<Optional<String>> created = own(PID, BOOT).create();
    table.executeAll(new Random(0));

    assertEquals(Optional.empty(), created.result());
    assertEquals(List.of("id", "pid", "boot"), table.columns);
    assertTrue(table.blocked);

    own(PID, BOOT).create();
    table.executeAll(new Random(0));
    assertEquals(3, table.altered, "lifted, added, blocked");
  }

  @Test
  void who_may_not_alter_it_goes_on_without_and_is_told_which_grant_helps() {
    table.mayAlter = false;
    Future<Optional<String>> created = own(PID).create();
    table.executeAll(new Random(0));

    assertEquals(
        "xmover.lock in the cluster is of an older version and lacks pid: Missing 'DDL' privilege."
            + " One run of a user with DDL ON SCHEMA xmover adds them",
        created.result().orElseThrow());
  }

  @Test
  void two_runs_that_add_them_at_once_both_find_them_there() {
    for (int seed = 0; seed < 500; seed++) {
      addedByTwo(seed, List.of(PID, BOOT), List.of(PID, BOOT));
    }
  }

  @Test
  void two_versions_that_add_theirs_at_once_both_find_them_there() {
    for (int seed = 0; seed < 500; seed++) {
      addedByTwo(seed, List.of(PID), List.of(PID, BOOT));
    }
  }

  private static void addedByTwo(int seed, List<OwnTable.Column> one, List<OwnTable.Column> two) {
    OldTable shared = new OldTable();
    Future<Optional<String>> first = own(shared, one).create();
    Future<Optional<String>> second = own(shared, two).create();
    shared.executeAll(new Random(seed));

    assertEquals(Optional.empty(), first.result(), "in order " + seed);
    assertEquals(Optional.empty(), second.result(), "in order " + seed);
    assertTrue(shared.blocked, "in order " + seed);
  }

  @Test
  void one_that_a_dead_run_left_open_is_blocked_again() {
    table.columns.add("pid");
    table.blocked = false;
    Future<Optional<String>> created = own(PID).create();
    table.executeAll(new Random(0));

    assertEquals(Optional.empty(), created.result());
    assertTrue(table.blocked);
  }

  private OwnTable own(OwnTable.Column... later) {
    return own(table, List.of(later));
  }

  private static OwnTable own(Cluster cluster, List<OwnTable.Column> later) {
    return new OwnTable(cluster, TableRef.of("xmover", "lock"), "id TEXT PRIMARY KEY", later);
  }

  /** Executes what it was asked in any order, as a cluster may with statements of two runs. */
  private static final class OldTable implements Cluster {
    private record Asked(String text, Promise<List<Row>> answer) {}

    private final List<String> columns = new ArrayList<>(List.of("id"));
    private final List<Asked> asked = new ArrayList<>();
    private boolean blocked = true;
    private boolean mayAlter = true;
    private int altered;

    @Override
    public Future<List<Row>> execute(Statement statement) {
      Promise<List<Row>> answer = Promise.promise();
      asked.add(new Asked(statement.text(), answer));
      return answer.future();
    }

    void executeAll(Random order) {
      while (!asked.isEmpty()) {
        Asked next = asked.remove(order.nextInt(asked.size()));
        next.answer.handle(answer(next.text));
      }
    }

    private Future<List<Row>> answer(String text) {
      if (text.startsWith("SELECT")) {
        boolean now = blocked;
        return Future.succeededFuture(columns.stream().map(c -> row(c, now)).toList());
      }
      if (!mayAlter) {
        return refused(Kind.PRIVILEGE, "Missing 'DDL' privilege");
      }
      altered++;
      return text.contains("ADD COLUMN") ? add(text) : block(text.contains("= true"));
    }

    private Future<List<Row>> add(String text) {
      List<String> names =
          Pattern.compile("ADD COLUMN (\\w+)")
              .matcher(text)
              .results()
              .map(m -> m.group(1))
              .toList();
      if (blocked || names.stream().anyMatch(columns::contains)) {
        return refused(Kind.REFUSED, "blocked, or there already");
      }
      columns.addAll(names);
      return Future.succeededFuture(List.of());
    }

    private Future<List<Row>> block(boolean block) {
      blocked = block;
      return Future.succeededFuture(List.of());
    }

    private static Row row(String column, boolean blocked) {
      return cell -> cell.equals("blocked") ? (Object) blocked : column;
    }

    private static Future<List<Row>> refused(Kind kind, String why) {
      return Future.failedFuture(new ClusterFailure(kind, why, null, null));
    }

    @Override
    public Future<Void> close() {
      return Future.succeededFuture();
    }
  }
}
