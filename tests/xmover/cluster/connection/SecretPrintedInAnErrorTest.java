package xmover.cluster.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A token that no header takes came back in clear, as the text of an exception that was told as a
 * bug.
 */
class SecretPrintedInAnErrorTest {
  private static ConnectionSettings resolve(String url, Map<String, String> environment) {
    return ConnectionOptions.of(url).resolve(environment, file -> "s3cret\n\r\n\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"CRATE_JWT", "CRATE_JWT_FILE", "CRATE_PASSWORD", "CRATE_PASSWORD_FILE"})
  void line_breaks_after_a_secret_are_no_part_of_it(String variable) {
    var settings = resolve("https://h1", Map.of(variable, "s3cret\r\n\n"));
    assertEquals("s3cret", settings.credentials().password().orElseThrow().reveal());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"s3cret\nX-More: 1", "s3\u0007cret", "s3 cret", "s3cr\u0117t", "\ns3cret"})
  void a_token_that_no_header_takes_is_refused_without_it(String token) {
    for (String url : new String[] {"https://h1", "postgresql://h1"}) {
      var refused =
          assertThrows(InvalidSettings.class, () -> resolve(url, Map.of("CRATE_JWT", token)));
      assertTrue(refused.getMessage().contains("CRATE_JWT"), refused.getMessage());
      assertFalse(refused.toString().matches("(?s).*(s3|ret).*"), refused.getMessage());
      assertNull(refused.getCause());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://h1?schema=a%0d%0ab,   schema",
    "postgresql://h1/a%00b,        schema",
    "https://a%0ab@h1,             user",
    "postgresql://h1?user=a%00b,   user",
    "http://h%0d%0a1,              host",
    "postgresql://h%201,           host",
  })
  void what_no_header_takes_is_refused_in_a_sentence(String url, String part) {
    var refused = assertThrows(InvalidSettings.class, () -> resolve(url, Map.of()));
    assertTrue(refused.getMessage().contains(part), refused.getMessage());
    assertTrue(refused.getMessage().contains("control character"), refused.getMessage());
  }

  @Test
  void a_variable_of_line_breaks_alone_is_none() {
    var settings = resolve("https://h1", Map.of("CRATE_PASSWORD", "\n"));
    assertEquals(Credentials.of("crate"), settings.credentials());
  }
}
