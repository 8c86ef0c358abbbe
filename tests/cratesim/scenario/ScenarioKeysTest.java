package cratesim.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cratesim.SettableClock;
import cratesim.WrittenScenario;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A scenario that is wrong is refused with a sentence that says where and how. */
class ScenarioKeysTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`\"events\": [{\"at\": 1}]` | events[0]: an event is exactly one of kill, freeze, revive,"
            + " execute, relocate, restart, stale_health, revoke, keep_leases, drop_partition,"
            + " version and clock; this one has none",
        "`\"events\": [{\"kill\": \"a\", \"revive\": \"b\"}]` | events[0]: an event is exactly one"
            + " of kill, freeze, revive, execute, relocate, restart, stale_health, revoke,"
            + " keep_leases, drop_partition, version and clock; this one has kill and revive",
        "`\"events\": [{\"at\": 2, \"kill\": \"z\"}]` | the event at 2.0 s names a node 'z', the"
            + " scenario has a, b, c",
        "`\"events\": [{\"at\": -1, \"kill\": \"a\"}]` | events[0]: the time at which an event"
            + " happens must be 0 or more, not -1.0",
        "`\"disks\": {\"z\": {\"used\": \"1%\"}}` | disks names a node 'z', the scenario has a, b,"
            + " c",
        "`\"snapshots\": [{\"name\": \"s\"}]` | snapshots[0]: a snapshot needs a repository and a"
            + " name",
        "`\"jobs\": [{\"user\": \"s\"}]` | jobs[0]: a job needs a user and a statement",
        "`\"jobs\": [{\"user\": \"s\", \"statement\": \"s\", \"usr\": 1}]` | there is no"
            + " jobs[0].usr, known here are begins, error, seconds, statement, user",
        "`\"tables\": [{\"name\": \"events\"}]` | tables[0]: a table needs a name with its schema,"
            + " such as doc.events, not 'events'",
        "`\"tables\": [{\"name\": \"a.b\", \"unsettled\": [{\"state\": \"GONE\"}]}]` |"
            + " tables[0].unsettled[0]: an unsettled copy is UNASSIGNED, INITIALIZING,"
            + " RELOCATING or FAILED, not 'GONE'",
        "`\"tables\": [{\"name\": \"a.b\", \"unsettled\": [{\"shard\": 1, \"state\":"
            + " \"UNASSIGNED\"}]}]` | tables[0]: table a.b has no shard 1: its 1 shards count from"
            + " 0",
        "`\"tables\": [{\"name\": \"a.b\", \"stuck\": \"mud\"}]` | tables[0]: a translog is stuck"
            + " by a hole, lagging or unflushed, not 'mud'",
        "`\"tables\": [{\"name\": \"a.b\", \"incurable\": \"yes\"}]` | tables[0]: incurable is"
            + " true, false, \"translog\" or \"unassigned\", not 'yes'",
        "`\"tables\": [{\"name\": \"a.b\", \"partitioned_by\": [\"x\"], \"partitions\":"
            + " [{\"values\": [1, 2]}]}]` | tables[0]: table a.b is partitioned by 1 columns, a"
            + " partition of it has 2 values"
      })
  void what_is_wrong_is_told(String keys, String problem) {
    var written = new WrittenScenario(folder, new SettableClock());
    var error = assertThrows(IllegalArgumentException.class, () -> written.load(keys));
    assertEquals(
        "scenario " + folder.resolve("scenario.json") + " is not valid: " + problem,
        error.getMessage());
  }

  @Test
  void a_disk_cannot_be_emptier_than_its_shards_need() {
    var written = new WrittenScenario(folder, new SettableClock());
    var error =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                written.cluster(
                    WrittenScenario.METRICS,
                    "\"disks\": {\"a\": {\"used\": \"1%\"}, \"b\": {\"used\": \"1mb\"}}"));
    assertEquals(
        true, error.getMessage().startsWith("the disk of node b can't have 1048576 bytes used"));
  }

  @Test
  void a_copy_that_does_not_exist_cannot_be_unsettled() {
    var written = new WrittenScenario(folder, new SettableClock());
    var error =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                written.cluster(
                    WrittenScenario.metrics(
                        "\"unsettled\": [{\"replica\": 2, \"state\": \"UNASSIGNED\"}]")));
    assertEquals(
        "table doc.metrics has no replica 2 to be UNASSIGNED: it has 1", error.getMessage());
  }
}
