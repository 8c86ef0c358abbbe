package cratesim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xmover.cluster.sql.DetectionSql;

/**
 * A table was dropped while it was at 0, and its entry stayed open for good: a user with AL, as the
 * README grants it, sees every table and was taken for one who does not.
 */
class DroppedTableOfAnOperatorWithAlTest {
  @TempDir private Path folder;

  @Test
  void who_has_al_sees_every_table_and_who_has_a_schema_does_not() {
    var crate =
        new WrittenScenario(folder, new SettableClock())
            .cluster(
                WrittenScenario.METRICS,
                """
                "users": [
                  {"name": "reader", "privileges": [{"type": "DQL", "on": "SCHEMA", "ident": "sys"}]},
                  {"name": "keeper", "privileges": [{"type": "DQL", "on": "SCHEMA", "ident": "sys"},
                                                    {"type": "AL", "on": "CLUSTER"}]}]
                """);
    String seesAll =
        "SELECT " + DetectionSql.readiness().text().replaceAll("(?s).*AS superuser,(.*)", "$1");
    assertEquals(List.of(List.of(false)), crate.as("reader", seesAll));
    assertEquals(List.of(List.of(true)), crate.as("keeper", seesAll));
  }
}
