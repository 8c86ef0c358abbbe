package xmover.recovery;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.function.Supplier;
import xmover.cluster.Cluster;
import xmover.cluster.ClusterFailure;
import xmover.cluster.Row;
import xmover.cluster.Statement;
import xmover.environment.SteppedTimers;
import xmover.table.IndexUuid;

/**
 * The copies of one table as a test lets them change with time. A copy is written as {@code 0
 * primary STARTED a 55}: shard, kind, routing state, node or {@code -}, and for a copy that is
 * STARTED its uncommitted bytes or {@code -}, for another one its percentage. Behind it may stand
 * its documents and sequence numbers: {@code 41 56/56/56}.
 */
public final class ScriptedCopies implements Cluster {
  /** Theirs. */
  static final IndexUuid INDEX = new IndexUuid("2ynQ0y58Rz-Co2PojY4Feg");

  private final SteppedTimers timers;
  private final int nodes;
  private final TreeMap<Duration, Supplier<Future<List<Row>>>> acts = new TreeMap<>();
  private final List<Statement> asked = new ArrayList<>();
  private boolean gone;
  private Supplier<Future<List<Row>>> refresh = () -> Future.succeededFuture(List.of());

  public ScriptedCopies(SteppedTimers timers, int nodes) {
    this.timers = timers;
    this.nodes = nodes;
  }

  /** From then on the copies are these. */
  public ScriptedCopies at(Duration since, String... copies) {
    List<Row> rows = List.of(copies).stream().map(ScriptedCopies::row).toList();
    acts.put(since, () -> Future.succeededFuture(rows));
    return this;
  }

  /** From then on they can't be read. */
  ScriptedCopies unreadableAt(Duration since) {
    acts.put(
        since,
        () ->
            Future.failedFuture(
                new ClusterFailure(ClusterFailure.Kind.SERVER, "node b is frozen", null, null)));
    return this;
  }

  /** From then on the table is not there any more. */
  ScriptedCopies goneAt(Duration since) {
    acts.put(
        since,
        () -> {
          gone = true;
          return Future.succeededFuture(List.of());
        });
    return this;
  }

  /** With the next OPTIMIZE the copies become these, as with a refresh. */
  ScriptedCopies refreshedTo(String... copies) {
    List<Row> rows = List.of(copies).stream().map(ScriptedCopies::row).toList();
    refresh =
        () -> {
          acts.put(timers.passed(), () -> Future.succeededFuture(rows));
          return Future.succeededFuture(List.of());
        };
    return this;
  }

  /** OPTIMIZE is refused. */
  ScriptedCopies refreshRefused() {
    refresh =
        () ->
            Future.failedFuture(
                new ClusterFailure(ClusterFailure.Kind.SERVER, "no privilege", null, null));
    return this;
  }

  /** How often they were refreshed, or were to be. */
  long refreshes() {
    return asked.stream().filter(s -> s.text().startsWith("OPTIMIZE")).count();
  }

  /** How often the copies were looked at. */
  long looks() {
    return asked.stream().filter(s -> s.text().contains("recovery_percent")).count();
  }

  @Override
  public Future<List<Row>> execute(Statement statement) {
    asked.add(statement);
    if (statement.text().contains("recovery_percent")) {
      var act = acts.floorEntry(timers.passed());
      return act == null ? Future.failedFuture("nothing is scripted") : act.getValue().get();
    }
    if (statement.text().startsWith("OPTIMIZE")) {
      return refresh.get();
    }
    if (statement.text().contains("AS nodes")) {
      var names = new JsonArray();
      for (int i = 0; i < nodes; i++) {
        names.add("node" + i);
      }
      return Future.succeededFuture(List.of(row(Map.of("nodes", names))));
    }
    return Future.succeededFuture(gone ? List.of() : List.of(row(Map.of())));
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }

  private static Row row(String copy) {
    String[] words = copy.split(" ", -1);
    Map<String, Object> cells = new HashMap<>();
    cells.put("id", Integer.valueOf(words[0]));
    cells.put("primary", words[1].equals("primary"));
    cells.put("routing_state", words[2]);
    if (!words[3].equals("-")) {
      boolean whole = words[2].equals("STARTED") || words[2].equals("RELOCATING");
      cells.put("node_name", words[3]);
      cells.put("path", "/data/nodes/0/indices/" + INDEX.text() + "/" + words[0]);
      cells.put("recovery_stage", whole ? "DONE" : "INDEX");
      cells.put("recovery_percent", whole ? 0.0 : Double.valueOf(words[4]));
      if (whole && !words[4].equals("-")) {
        cells.put("uncommitted", Long.valueOf(words[4]));
      }
      if (words.length > 5) {
        cells.put("num_docs", Long.valueOf(words[5]));
      }
      if (words.length > 6) {
        String[] numbers = words[6].split("/", -1);
        cells.put("max_seq_no", Long.valueOf(numbers[0]));
        cells.put("local_checkpoint", Long.valueOf(numbers[1]));
        cells.put("global_checkpoint", Long.valueOf(numbers[2]));
      }
    }
    return row(cells);
  }

  private static Row row(Map<String, Object> cells) {
    return column -> {
      if (column.isEmpty()) {
        throw new NoSuchElementException();
      }
      return cells.get(column);
    };
  }
}
