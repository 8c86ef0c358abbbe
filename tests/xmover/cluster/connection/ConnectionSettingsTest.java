package xmover.cluster.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionSettingsTest {
  private static ConnectionSettings settings(String url, boolean cleartextPasswordAllowed) {
    return new ConnectionOptions(
            Optional.of(url), Optional.empty(), Timeouts.DEFAULT, 5, cleartextPasswordAllowed)
        .resolve(Map.of(), file -> "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://ops:secret@h1",
        "crate://ops:secret@h1",
        "postgresql://ops:secret@h1?sslmode=disable",
        "postgresql://ops:secret@localhost,h2?sslmode=disable",
        "postgresql://ops:secret@127.0.0.1.evil.example?sslmode=disable",
        "http://ops:secret@[::2]",
      })
  void a_password_without_tls_is_refused(String url) {
    var refusal = assertThrows(InvalidSettings.class, () -> settings(url, false)).getMessage();
    assertTrue(refusal.contains("would travel in clear text"), refusal);
    assertTrue(refusal.contains("--allow-cleartext-password"), refusal);
    assertEquals(SslMode.DISABLE, settings(url, true).tls());
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST", "127.0.0.1", "127.1.2.3", "[::1]"})
  void on_loopback_a_password_needs_no_tls(String host) {
    assertEquals(SslMode.DISABLE, settings("http://ops:secret@" + host, false).tls());
    assertEquals(SslMode.PREFER, settings("postgresql://ops:secret@" + host, false).tls());
  }

  @Test
  void preferring_tls_becomes_requiring_it_where_a_password_could_leave_in_clear_text() {
    assertEquals(SslMode.REQUIRE, settings("postgresql://ops:secret@h1", false).tls());
    assertEquals(SslMode.PREFER, settings("postgresql://ops:secret@h1", true).tls());
    assertEquals(SslMode.PREFER, settings("postgresql://ops@h1", false).tls());
  }

  @ParameterizedTest
  @CsvSource({
    "postgresql://h1?sslrootcert=/ca.pem,                     VERIFY_FULL",
    "postgresql://h1?sslmode=require&sslrootcert=/ca.pem,     VERIFY_CA",
    "postgresql://h1?sslmode=verify-full&sslrootcert=/ca.pem, VERIFY_FULL",
    "https://h1?sslrootcert=/ca.pem,                          VERIFY_FULL",
  })
  void a_ca_file_is_never_ignored(String url, SslMode expected) {
    assertEquals(expected, settings(url, false).tls());
  }

  @ParameterizedTest
  @ValueSource(strings = {"disable", "prefer"})
  void a_ca_file_that_would_check_nothing_is_refused(String mode) {
    String url = "postgresql://h1?sslrootcert=/ca.pem&sslmode=" + mode;
    var refusal = assertThrows(InvalidSettings.class, () -> settings(url, false)).getMessage();
    assertTrue(refusal.contains("checks nothing with sslmode " + mode), refusal);
  }

  @Test
  void a_timeout_of_nothing_is_refused() {
    var second = Duration.ofSeconds(1);
    assertThrows(InvalidSettings.class, () -> new Timeouts(second, Duration.ZERO, second));
  }
}
