package xmover.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import xmover.cluster.sql.Sql;
import xmover.fuzz.SqlTokens.Kind;
import xmover.fuzz.SqlTokens.Token;
import xmover.table.PartitionValues;
import xmover.table.ReplicaSetting;
import xmover.table.SqlText;
import xmover.table.TableRef;

/** Whatever a name or a value is, it is one word of one statement and means itself there. */
class QuotingTest {
  @Test
  void an_identifier_means_the_name() {
    Tries.of(
        1000,
        random -> {
          String name = RandomText.any(random);
          assertEquals(
              List.of(new Token(Kind.IDENTIFIER, name)), SqlTokens.of(SqlText.identifier(name)));
        });
  }

  @Test
  void a_text_means_the_value() {
    Tries.of(
        1000,
        random -> {
          String value = RandomText.any(random);
          List<Token> one = List.of(new Token(Kind.TEXT, value));
          assertEquals(one, SqlTokens.of(SqlText.text(value)));
          assertEquals(one, SqlTokens.of(SqlText.literal(value)));
        });
  }

  @Test
  void a_literal_can_be_printed_and_typed() {
    Tries.of(
        1000,
        random ->
            SqlText.literal(RandomText.any(random))
                .codePoints()
                .forEach(
                    c -> {
                      assertTrue(c >= ' ' && c != 0x7f, () -> "control " + c);
                      assertTrue(Character.getType(c) != Character.SURROGATE, () -> "half " + c);
                    }));
  }

  @Test
  void a_number_a_truth_and_a_null_mean_themselves() {
    Tries.of(
        1000,
        random -> {
          Object value =
              switch (random.nextInt(4)) {
                case 0 -> random.nextLong();
                case 1 -> random.nextInt();
                case 2 -> random.nextBoolean();
                default -> Double.longBitsToDouble(random.nextLong());
              };
          if (value instanceof Double number && !Double.isFinite(number)) {
            return; // JSON has none.
          }
          assertEquals(value.toString(), joined(SqlTokens.of(SqlText.literal(value))));
        });
    assertEquals(List.of(new Token(Kind.WORD, "NULL")), SqlTokens.of(SqlText.literal(null)));
  }

  private static String joined(List<Token> tokens) {
    var text = new StringBuilder();
    tokens.forEach(token -> text.append(token.value()));
    return text.toString();
  }

  /** A column CrateDB creates: it refuses brackets in names, and nests with them. */
  private static String column(RandomGenerator random) {
    String name = RandomText.some(random).replaceAll("[\\[\\]]", "");
    return name.isEmpty() ? "c" : name;
  }

  @Test
  void a_partition_clause_names_each_column_with_its_value() {
    Tries.of(
        500,
        random -> {
          Map<String, Object> values = new LinkedHashMap<>();
          List<Token> expected = new ArrayList<>();
          int columns = 1 + random.nextInt(3);
          while (values.size() < columns) {
            String column = column(random);
            List<String> keys = new ArrayList<>();
            for (int depth = random.nextInt(3); depth > 0; depth--) {
              keys.add(column(random));
            }
            String value = RandomText.any(random);
            var printed = new StringBuilder(column);
            keys.forEach(key -> printed.append("['").append(key).append("']"));
            if (values.putIfAbsent(printed.toString(), value) == null) {
              expected.add(new Token(Kind.SIGN, expected.isEmpty() ? "(" : ","));
              expected.add(new Token(Kind.IDENTIFIER, column));
              for (String key : keys) {
                expected.add(new Token(Kind.SIGN, "["));
                expected.add(new Token(Kind.TEXT, key));
                expected.add(new Token(Kind.SIGN, "]"));
              }
              expected.add(new Token(Kind.SIGN, "="));
              expected.add(new Token(Kind.TEXT, value));
            }
          }
          expected.add(0, new Token(Kind.WORD, "PARTITION"));
          expected.add(new Token(Kind.SIGN, ")"));

          assertEquals(expected, SqlTokens.of(new PartitionValues("04", values).clause()));
        });
  }

  @Test
  void what_is_typed_for_a_grant_names_one_user() {
    Tries.of(
        1000,
        random -> {
          String user = RandomText.any(random);
          TableRef table = TableRef.of(RandomText.some(random), RandomText.some(random));
          List<Token> grant = SqlTokens.of(Sql.grantDdl(table, user));
          assertEquals(9, grant.size());
          assertEquals(table.schema(), grant.get(4).value());
          assertEquals(table.name(), grant.get(6).value());
          assertEquals(new Token(Kind.IDENTIFIER, user), grant.get(8));
        });
  }

  @Test
  void a_setting_that_is_none_becomes_no_statement() {
    Tries.of(
        1000,
        random -> {
          String text = random.nextBoolean() ? RandomText.any(random) : "0-" + random.nextInt();
          ReplicaSetting.read(text)
              .ifPresent(
                  setting -> {
                    List<Token> sent =
                        SqlTokens.of(Sql.setReplicas(TableRef.of("doc", "t"), setting).text());
                    assertEquals(new Token(Kind.TEXT, text), sent.get(9));
                    assertTrue(text.matches("[0-9]+(-([0-9]+|all))?"), text);
                  });
        });
  }
}
