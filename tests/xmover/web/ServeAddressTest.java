package xmover.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import xmover.cluster.connection.InvalidSettings;
import xmover.cluster.connection.Secret;

class ServeAddressTest {
  private static final Token TOKEN = new Token(new Secret("0123456789abcdef"));

  @ParameterizedTest
  @CsvSource({
    "8080,           127.0.0.1:8080, true",
    ":8080,          127.0.0.1:8080, true",
    "localhost:0,    localhost:0,    true",
    "[::1]:80,       [::1]:80,       true",
    "0.0.0.0:8080,   0.0.0.0:8080,   false",
    "[::]:8080,      [::]:8080,      false",
    "db1:8080,       db1:8080,       false"
  })
  void it_is_a_port_on_this_machine_or_a_host_and_a_port(
      String text, String address, boolean loopback) {
    ServeAddress parsed = ServeAddress.parse(text);
    assertEquals(address, parsed.toString());
    assertEquals(loopback, parsed.isLoopback());
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0:8080, http://127.0.0.1:8080",
    "[::]:8080,    http://[::1]:8080",
    "db1:8080,     http://db1:8080"
  })
  void its_url_is_one_that_this_machine_can_open(String text, String url) {
    assertEquals(url, ServeAddress.parse(text).url());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "65536", "-1", "host", "host:", "1.2.3.4:x", "::1:80", "80 "})
  void anything_else_is_refused_in_a_sentence(String text) {
    var refused = assertThrows(InvalidSettings.class, () -> ServeAddress.parse(text));
    assertTrue(refused.getMessage().startsWith("'" + text + "'"), refused.getMessage());
  }

  @Test
  void other_machines_are_served_only_with_a_token() {
    ServeAddress everywhere = ServeAddress.parse("0.0.0.0:8080");
    var refused =
        assertThrows(
            InvalidSettings.class,
            () -> Access.to(everywhere, Optional.empty(), Optional.of(TOKEN)));
    assertEquals(
        "--serve 0.0.0.0:8080 can be reached from other machines: put a token into"
            + " XMOVER_TOKEN_FILE or XMOVER_TOKEN, or serve on this machine only (--serve 8080).",
        refused.getMessage());
    Access access = Access.to(everywhere, Optional.of(TOKEN), Optional.empty());
    assertFalse(access.mayRead(null));
    assertTrue(access.mayRead(TOKEN.header()));
    assertTrue(access.mayControl(TOKEN.header()));
  }

  @Test
  void on_this_machine_anybody_reads_and_only_the_token_controls() {
    Access access = Access.to(ServeAddress.parse("0"), Optional.empty(), Optional.of(TOKEN));
    assertTrue(access.mayRead(null));
    assertFalse(access.mayControl(null));
    assertFalse(access.mayControl("Bearer 0123456789abcdeF"));
    assertTrue(access.mayControl("Bearer 0123456789abcdef"));
  }

  @Test
  void without_any_token_nobody_controls() {
    Access access = Access.to(ServeAddress.parse("0"), Optional.empty(), Optional.empty());
    assertFalse(access.mayControl("Bearer "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0123456789abcde", "0123456789 abcdef", "0123456789abcdéf"})
  void a_token_that_is_short_or_fits_no_header_is_refused_and_not_told(String token) {
    var refused =
        assertThrows(
            InvalidSettings.class, () -> Token.in(Map.of("XMOVER_TOKEN", token), file -> ""));
    assertFalse(refused.getMessage().contains(token), refused.getMessage());
  }

  @Test
  void a_token_comes_from_a_file_before_the_environment() {
    assertEquals(
        Optional.of(TOKEN),
        Token.in(
            Map.of("XMOVER_TOKEN", "fedcba9876543210", "XMOVER_TOKEN_FILE", "/run/token"),
            file -> "0123456789abcdef\n"));
    assertEquals(Optional.empty(), Token.in(Map.of(), file -> ""));
  }
}
