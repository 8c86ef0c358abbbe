package cratesim.wire;

import static cratesim.wire.FakeEndpoint.column;
import static cratesim.wire.FakeEndpoint.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cratesim.model.SqlAnswer.ColumnType;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import xmover.suite.NeedsProcess;

@NeedsProcess
class PsqlTest {
  private final FakeEndpoint endpoint =
      new FakeEndpoint()
          .answering(
              "SELECT * FROM sys.shards",
              List.of(
                  column("table_name", ColumnType.TEXT),
                  column("primary", ColumnType.BOOLEAN),
                  column("node", ColumnType.OBJECT)),
              List.of(row("metrics", true, Map.of("name", "data-hot-1")), row("x", false, null)));

  @Test
  void psql_shows_a_table() throws Exception {
    try (var server = new RunningServer(endpoint)) {
      assertEquals(
          "metrics|t|{\"name\":\"data-hot-1\"}\nx|f|\n", psql(server, "SELECT * FROM sys.shards"));
    }
  }

  @Test
  void psql_comes_in_with_a_password_and_shows_errors() throws Exception {
    try (var server = new RunningServer(endpoint)) {
      var asked = new Psql(server.pgPort(), "pw").withPassword("secret");
      assertTrue(asked.run("nope").contains("ERROR:  Relation 'doc.nope' unknown"));
    }
  }

  private static String psql(RunningServer server, String sql)
      throws IOException, InterruptedException {
    return new Psql(server.pgPort(), "crate").run(sql);
  }
}
