package cratesim.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cratesim.wire.SqlScript.Parameter;
import java.util.List;
import org.junit.jupiter.api.Test;

class SqlScriptTest {
  @Test
  void semicolons_in_literals_names_and_comments_do_not_split() {
    assertEquals(
        List.of("SELECT 'it''s;' /* ; */", "SELECT \"a\"\";b\", E'\\';', $$;$$ -- ;"),
        new SqlScript("SELECT 'it''s;' /* ; */; SELECT \"a\"\";b\", E'\\';', $$;$$ -- ;")
            .statements());
  }

  @Test
  void an_open_literal_splits_nothing_away() {
    assertEquals(List.of("SELECT 'a"), new SqlScript("SELECT 'a").statements());
  }

  @Test
  void parameters_are_found_where_they_are_parameters() {
    assertEquals(
        List.of(new Parameter(2, false), new Parameter(1, true)),
        new SqlScript("SELECT '$9' WHERE a = $2 AND b = any ( $1) -- $8").parameters());
  }
}
