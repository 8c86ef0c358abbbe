package xmover.cluster.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xmover.cluster.Row;
import xmover.fuzz.RandomText;
import xmover.fuzz.Tries;

/**
 * A body that is not whole, or not in CrateDB's form, gives no rows. One whose rows held something
 * else than rows once gave those before it, and columns without a name were a bug's exception.
 */
class FuzzedHttpAnswerTest {
  private static final ObjectMapper WHOLE =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "null",
          "true",
          "1",
          "-1",
          "1e999",
          "\"a\"",
          "\"\"",
          "[1]",
          "[null]",
          "\"cols\":",
          "\"rows\":",
          "\"error\":",
          "\"cols\":[\"a\"],",
          "\"rows\":[[1]]",
          "\"rowcount\":1",
          "\"error\":{\"code\":4041,\"message\":\"m\"}",
          "{\"code\":1}",
          "\ufeff",
          "9999999999999999999999",
          "0.1e-9999999",
          "\"\\ud800\"",
          "\\",
          "\"",
          "NaN",
          "/**/",
          "\0");

  private static final List<String> BODIES =
      List.of(
          "{\"cols\":[\"a\",\"b\"],\"rows\":[[1,\"x\"],[null,{\"c\":[1,{}]}]],\"rowcount\":2}",
          "{\"cols\":[],\"rows\":[[]],\"rowcount\":1,\"duration\":0.5}",
          "{\"error\":{\"message\":\"SQLParseException[line 1:1]\",\"code\":4000}}");

  @Test
  void rows_are_only_of_a_body_that_is_whole_and_has_nothing_but_rows() {
    Tries.of(3000, random -> read(body(random).getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void bytes_of_any_kind_give_no_rows_that_they_do_not_hold() {
    Tries.ofBytes(
        2000,
        BODIES.stream().map(body -> body.getBytes(StandardCharsets.UTF_8)).toList(),
        FuzzedHttpAnswerTest::read);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"cols\":null,\"rows\":[[1]]}",
        "{\"cols\":[null],\"rows\":[[1]]}",
        "{\"cols\":[\"a\"],\"rows\":[[1],null,[2]]}",
        "{\"cols\":[\"a\"],\"rows\":[[1],{\"a\":2}]}",
        "{\"cols\":[\"a\"],\"rows\":[[1]],",
        "{\"cols\":[\"a\"],\"rows\":[[1]]}{\"rows\":[]}",
      })
  void of_a_body_that_is_spoiled_no_row_counts(String body) {
    assertEquals(
        new HttpAnswer(java.util.Optional.empty(), java.util.Optional.empty()),
        HttpAnswer.of(Buffer.buffer(body)));
  }

  @Test
  void a_column_that_is_told_twice_does_not_shift_the_next_one() {
    String body = "{\"cols\":[\"a\",\"a\",\"b\"],\"rows\":[[1,2,3]]}";
    assertEquals(3L, HttpAnswer.of(Buffer.buffer(body)).rows().orElseThrow().get(0).number("b"));
  }

  private static String body(RandomGenerator random) {
    var body = new StringBuilder();
    if (random.nextBoolean()) {
      body.append(RandomText.one(random, BODIES));
      for (int change = random.nextInt(4); change > 0; change--) {
        int at = random.nextInt(body.length() + 1);
        int to = Math.min(body.length(), at + random.nextInt(6));
        body.replace(at, to, random.nextInt(3) == 0 ? "" : RandomText.one(random, PIECES));
      }
    } else {
      body.append('{');
      for (int pieces = random.nextInt(12); pieces > 0; pieces--) {
        body.append(RandomText.one(random, PIECES));
      }
      body.append(random.nextBoolean() ? "}" : "");
    }
    return body.toString();
  }

  private static void read(byte[] bytes) {
    HttpAnswer answer = HttpAnswer.of(Buffer.buffer(bytes));
    if (answer.rows().isPresent()) {
      JsonNode json = whole(bytes);
      List<Row> rows = answer.rows().get();
      long told = json.path("rows").valueStream().filter(row -> !row.isEmpty()).count();
      assertEquals(told, rows.size());
      json.path("rows").forEach(row -> assertTrue(row.isArray(), row::toString));
      json.path("cols")
          .valueStream()
          .filter(JsonNode::isTextual)
          .map(JsonNode::textValue)
          .forEach(column -> rows.forEach(row -> row.value(column)));
    }
    answer.error().ifPresent(error -> assertTrue(whole(bytes).path("error").has("code")));
  }

  private static JsonNode whole(byte[] bytes) {
    try {
      return WHOLE.readTree(bytes);
    } catch (JsonProcessingException broken) {
      throw new AssertionError("not whole: " + new String(bytes, StandardCharsets.UTF_8), broken);
    } catch (IOException never) {
      throw new AssertionError(never);
    }
  }
}
