package cratesim.scenario;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import cratesim.model.Seconds;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Something that happens by itself in a scenario: exactly one of the actions.
 *
 * @param at seconds after the cluster came up
 * @param kill a node that leaves
 * @param freeze a node that stops answering
 * @param revive a node that comes back
 * @param execute a statement
 * @param user who executes it; crate when null
 * @param relocate a table whose primary of shard {@code shard} moves to another node
 * @param seconds how long it moves; as the scenario's relocations when null
 * @param restart so many seconds after a restart of all nodes no table is known
 * @param staleHealth so many statements that read the health see it GREEN whatever it is
 * @param revoke a privilege that {@code user} has no longer; {@code NONE} gives all back
 * @param keepLeases whether retention leases stay from now on, whatever is synced
 * @param dropPartition a table whose first partition goes, or the one a statement names
 * @param version what every node says from now on that it runs
 * @param clock by how many seconds the nodes' clocks jump
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record ScenarioEvent(
    double at,
    @Nullable String kill,
    @Nullable String freeze,
    @Nullable String revive,
    @Nullable String execute,
    @Nullable String user,
    @Nullable String relocate,
    int shard,
    @Nullable Double seconds,
    @Nullable Double restart,
    @Nullable Integer staleHealth,
    @Nullable String revoke,
    @Nullable Boolean keepLeases,
    @Nullable String dropPartition,
    @Nullable String version,
    @Nullable Double clock) {

  public ScenarioEvent {
    Map<String, Object> actions = new LinkedHashMap<>();
    put(actions, "kill", kill);
    put(actions, "freeze", freeze);
    put(actions, "revive", revive);
    put(actions, "execute", execute);
    put(actions, "relocate", relocate);
    put(actions, "restart", restart);
    put(actions, "stale_health", staleHealth);
    put(actions, "revoke", revoke);
    put(actions, "keep_leases", keepLeases);
    put(actions, "drop_partition", dropPartition);
    put(actions, "version", version);
    put(actions, "clock", clock);
    if (actions.size() != 1) {
      throw new IllegalArgumentException(
          "an event is exactly one of kill, freeze, revive, execute, relocate, restart,"
              + " stale_health, revoke, keep_leases, drop_partition, version and clock; this one"
              + " has "
              + (actions.isEmpty() ? "none" : String.join(" and ", actions.keySet())));
    }
    Seconds.check("the time at which an event happens", at);
    Seconds.check("the seconds of an event", seconds);
    Seconds.check("the seconds of a restart", restart);
    if (user != null && execute == null && revoke == null) {
      throw new IllegalArgumentException("only an event with execute or revoke has a user");
    }
  }

  private static void put(Map<String, Object> actions, String name, @Nullable Object action) {
    if (action != null) {
      actions.put(name, action);
    }
  }

  /** A statement of somebody. */
  public static ScenarioEvent execute(double at, String user, String statement) {
    return new ScenarioEvent(
        at, null, null, null, statement, user, null, 0, null, null, null, null, null, null, null,
        null);
  }

  /** The same with other words for nodes, tables and users. */
  public ScenarioEvent with(UnaryOperator<String> words) {
    return new ScenarioEvent(
        at,
        changed(kill, words),
        changed(freeze, words),
        changed(revive, words),
        changed(execute, words),
        changed(user, words),
        changed(relocate, words),
        shard,
        seconds,
        restart,
        staleHealth,
        revoke,
        keepLeases,
        changed(dropPartition, words),
        version,
        clock);
  }

  private static @Nullable String changed(@Nullable String text, UnaryOperator<String> words) {
    return text == null ? null : words.apply(text);
  }

  /** Refuses an event that names what the scenario does not have. */
  void check(Collection<String> nodes, Collection<String> tables) {
    Stream.of(kill, freeze, revive).forEach(node -> require("node", node, nodes));
    require("table", relocate, tables);
    require("table", dropPartition, tables);
  }

  private void require(String kind, @Nullable String name, Collection<String> known) {
    if (name != null && !known.contains(name)) {
      throw new IllegalArgumentException(
          "the event at %s s names a %s '%s', the scenario has %s"
              .formatted(at, kind, name, String.join(", ", known)));
    }
  }
}
