package xmover.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xmover.table.Bytes;
import xmover.table.Relation;
import xmover.table.ReplicaSetting;
import xmover.table.ShardTotals;
import xmover.table.TableRef;
import xmover.table.Verdict.Action;

/** After an ALTER on some versions the data of a table from before 5.5.0 reads NULL, for good. */
class OldDataReadsNullTest {

  @ParameterizedTest
  @CsvSource({
    "5.4.2, 6.0.5, REFUSED",
    "5.4.9, 6.3.1, REFUSED",
    "4.8.0, 6.1.3, REFUSED",
    "5.4.2, 6.2.5, REFUSED",
    "5.4.2, null, REFUSED",
    "6.0.0, null, RESET",
    "5.5.0, 6.3.1, RESET",
    "5.4.2, 6.0.6, RESET",
    "5.4.2, 6.3.2, RESET",
    "5.4.2, 5.10.16, RESET"
  })
  void a_table_whose_data_an_alter_would_destroy_is_never_reset(
      String created, String version, Action action) {
    var old =
        new Relation(
            TableRef.of("doc", "t"),
            Optional.of(new ReplicaSetting("1")),
            Optional.of(new Bytes(1000)),
            false,
            false,
            false,
            "1",
            true,
            Optional.of(created));
    var totals =
        new ShardTotals(
            4, 4, 1, Optional.of(new Bytes(9_000)), Optional.of(new Bytes(55)), new Bytes(1), 0);
    var cluster =
        new ClusterIdentity(
            "id", "name", List.of("6.4.3", version), List.of("n1"), "ops", false, "all");
    var verdict = new Thresholds(new Bytes(500), 200).judge(old, totals, cluster);
    assertEquals(action, verdict.action(), verdict.reason());
  }
}
