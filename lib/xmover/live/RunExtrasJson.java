package xmover.live;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import xmover.json.Json;
import xmover.report.HistoryJson;
import xmover.reset.CopyReading;
import xmover.reset.NodeReading;
import xmover.reset.PastReset;
import xmover.reset.machine.RunIdentity;
import xmover.table.Bytes;
import xmover.table.TableRef;

/** What a run shows beside its tables, for programs; what nobody knows is left out. */
public final class RunExtrasJson {
  /** More squares could not be seen; the others are counted. */
  private static final int COPIES = 300;

  private static final int RUNS = 20;
  private static final int RESETS = 100;

  private RunExtrasJson() {}

  /** Over time, nodes and earlier runs, each by its name. */
  public static ObjectNode of(RunSnapshot run) {
    return of(run.sights());
  }

  private static ObjectNode of(RunExtras.Sight sight) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (!sight.points().isEmpty()) {
      json.set("over_time", overTime(sight));
    }
    json.set("nodes", nodes(sight.nodes()));
    sight.past().ifPresent(past -> json.set("runs", runs(past)));
    return json;
  }

  private static ObjectNode overTime(RunExtras.Sight sight) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    Instant began = sight.points().get(0).from();
    json.put("began", Json.timestamp(began));
    sight.limit().ifPresent(limit -> json.put("limit_bytes", limit.value()));
    ArrayNode points = json.putArray("points");
    for (OverTime.Point point : sight.points()) {
      points
          .addObject()
          .put("ms", Duration.between(began, point.from()).toMillis())
          .put("most", point.most())
          .put("one_copy", point.oneCopy())
          .put("uncommitted", point.uncommitted());
    }
    return json;
  }

  private record Placed(TableRef table, CopyReading copy) {}

  private static ObjectNode nodes(KnownNodes.Sight sight) {
    Map<Optional<String>, List<Placed>> placed =
        sight.copies().entrySet().stream()
            .flatMap(table -> table.getValue().stream().map(c -> new Placed(table.getKey(), c)))
            .collect(Collectors.groupingBy(one -> one.copy().node()));
    Map<String, NodeReading> readings =
        sight.nodes().stream()
            .collect(Collectors.toMap(NodeReading::name, n -> n, (one, same) -> one));
    Set<String> names = new LinkedHashSet<>(sight.names());
    Stream.concat(readings.keySet().stream(), placed.keySet().stream().flatMap(Optional::stream))
        .sorted()
        .forEach(names::add);
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    sight.looked().ifPresent(at -> json.put("looked", Json.timestamp(at)));
    ArrayNode all = json.putArray("all");
    for (String name : names) {
      ObjectNode node = all.addObject().put("name", name);
      Optional.ofNullable(readings.get(name))
          .flatMap(NodeReading::disk)
          .ifPresent(disk -> disk(node, disk));
      copies(node, placed.getOrDefault(Optional.of(name), List.of()));
    }
    copies(json.putObject("unassigned"), placed.getOrDefault(Optional.<String>empty(), List.of()));
    return json;
  }

  private static void disk(ObjectNode json, NodeReading.Disk disk) {
    json.put("size_bytes", disk.size().value()).put("used_bytes", disk.used().value());
    disk.low().ifPresent(low -> json.put("low_bytes", low.value()));
    disk.high().ifPresent(high -> json.put("high_bytes", high.value()));
  }

  private static void copies(ObjectNode json, List<Placed> placed) {
    ArrayNode copies = json.putArray("copies");
    for (Placed one : placed.subList(0, Math.min(COPIES, placed.size()))) {
      copies
          .addObject()
          .put("table", one.table().toString())
          .put("shard", one.copy().shard())
          .put("primary", one.copy().primary())
          .put("state", one.copy().state());
    }
    if (placed.size() > COPIES) {
      json.put("more_copies", placed.size() - COPIES);
    }
  }

  /**
   * The last runs that healed something, the latest first.
   *
   * @param past oldest first
   */
  public static ArrayNode runs(List<PastReset> past) {
    Map<RunIdentity, List<PastReset>> byRun =
        past.stream()
            .collect(
                Collectors.groupingBy(PastReset::run, LinkedHashMap::new, Collectors.toList()));
    ArrayNode runs = JsonNodeFactory.instance.arrayNode();
    var all = new ArrayList<>(byRun.entrySet());
    for (int i = all.size() - 1; i >= Math.max(0, all.size() - RUNS); i--) {
      run(runs.addObject(), all.get(i).getKey(), all.get(i).getValue());
    }
    return runs;
  }

  private static void run(ObjectNode json, RunIdentity run, List<PastReset> resets) {
    json.put("run", run.runId())
        .put("user", run.user())
        .put("host", run.host())
        .put("started", Json.timestamp(run.started()))
        .put("ended", Json.timestamp(resets.get(resets.size() - 1).at()))
        .put("tables", resets.size());
    ObjectNode outcomes = json.putObject("outcomes");
    for (PastReset.Outcome outcome : PastReset.Outcome.values()) {
      long number = resets.stream().filter(reset -> reset.outcome() == outcome).count();
      outcomes.put(outcome.name().toLowerCase(Locale.ROOT), number);
    }
    sum(json, "bytes_before", resets.stream().map(RunExtrasJson::before).toList());
    sum(json, "bytes_after", resets.stream().map(RunExtrasJson::after).toList());
    ArrayNode told = json.putArray("resets");
    resets.stream()
        .sorted(Comparator.comparing(PastReset::outcome).reversed())
        .limit(RESETS)
        .forEach(reset -> told.add(Json.of(HistoryJson.Reset.of(reset))));
  }

  private static Optional<Bytes> before(PastReset reset) {
    return reset.figures().flatMap(PastReset.Figures::before);
  }

  private static Optional<Bytes> after(PastReset reset) {
    return reset.figures().flatMap(PastReset.Figures::after);
  }

  /** A sum of which a part is unknown is none. */
  private static void sum(ObjectNode json, String name, List<Optional<Bytes>> sizes) {
    if (sizes.stream().allMatch(Optional::isPresent)) {
      json.put(name, sizes.stream().mapToLong(size -> size.orElseThrow().value()).sum());
    }
  }
}
