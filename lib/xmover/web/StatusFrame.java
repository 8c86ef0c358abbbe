package xmover.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import xmover.live.RunExtrasJson;
import xmover.live.RunSnapshot;
import xmover.live.SnapshotJson;
import xmover.live.TableProgress;
import xmover.log.EventLine;
import xmover.monitor.Monitoring;
import xmover.monitor.MonitoringJson;
import xmover.monitor.WatchedTable;

/**
 * What is to be seen at one instant, in parts that can be compared with those of an earlier one.
 *
 * @param version another one when something changed
 * @param trouble why nobody should rely on it, without names of tables; empty when all is well
 * @param head all but tables and events
 * @param parts further ones of the head by name, which are told again only when they changed
 * @param tables values that differ when a table's JSON does
 * @param events the last ones, oldest first
 */
record StatusFrame<T>(
    long version,
    Optional<String> trouble,
    ObjectNode head,
    ObjectNode parts,
    List<T> tables,
    Function<T, ObjectNode> json,
    List<EventLine> events) {

  /** A run. */
  public static StatusFrame<TableProgress> of(RunSnapshot run) {
    return new StatusFrame<>(
        run.version(),
        run.trouble(),
        SnapshotJson.head(run),
        RunExtrasJson.of(run),
        run.tables(),
        table -> SnapshotJson.table(table, run.policy()),
        run.events());
  }

  /** A cluster under watch. */
  public static StatusFrame<WatchedTable> of(Monitoring.Snapshot cluster) {
    return new StatusFrame<>(
        cluster.version(),
        cluster.trouble(),
        MonitoringJson.head(cluster),
        JsonNodeFactory.instance.objectNode(),
        cluster.tables(),
        MonitoringJson::table,
        cluster.events());
  }

  /** The same with one more part. */
  StatusFrame<T> with(String name, JsonNode part) {
    ObjectNode more = parts.deepCopy();
    more.set(name, part);
    return new StatusFrame<>(version, trouble, head, more, tables, json, events);
  }

  /** All of it. */
  ObjectNode whole() {
    ObjectNode json = head.deepCopy();
    json.setAll(parts);
    var all = json.putArray("tables");
    tables.forEach(table -> all.add(this.json.apply(table)));
    return withEventsAfter(json, 0);
  }

  /** The head, the tables that changed by their place in the list, and the new events. */
  ObjectNode since(StatusFrame<?> earlier) {
    ObjectNode json = head.deepCopy();
    parts.properties().stream()
        .filter(part -> !part.getValue().equals(earlier.parts.get(part.getKey())))
        .forEach(part -> json.set(part.getKey(), part.getValue()));
    json.put("size", tables.size());
    ObjectNode changed = json.putObject("changed");
    for (int i = 0; i < tables.size(); i++) {
      T table = tables.get(i);
      Object before = i < earlier.tables.size() ? earlier.tables.get(i) : null;
      if (table != before && !table.equals(before)) {
        changed.set(String.valueOf(i), this.json.apply(table));
      }
    }
    return withEventsAfter(json, earlier.lastEvent());
  }

  private long lastEvent() {
    return events.isEmpty() ? 0 : events.get(events.size() - 1).number();
  }

  private ObjectNode withEventsAfter(ObjectNode json, long number) {
    var later = json.putArray("events");
    events.stream()
        .filter(event -> event.number() > number)
        .forEach(event -> later.add(SnapshotJson.event(event)));
    return json;
  }
}
