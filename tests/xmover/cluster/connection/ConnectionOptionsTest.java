package xmover.cluster.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionOptionsTest {
  private static final Map<String, String> FILES =
      Map.of("/run/secret", "from-file\n", "/run/empty", "\n", "/run/two", "two\nlines\r\n\n");

  private static String read(String file) throws NoSuchFileException {
    String content = FILES.get(file.toString());
    if (content == null) {
      throw new NoSuchFileException(file.toString());
    }
    return content;
  }

  private static ConnectionSettings resolve(String url, Map<String, String> environment) {
    return ConnectionOptions.of(url).resolve(environment, ConnectionOptionsTest::read);
  }

  private static String password(ConnectionSettings settings) {
    return settings.credentials().password().map(Secret::reveal).orElse("-");
  }

  private static String refusal(String url, Map<String, String> environment) {
    return assertThrows(InvalidSettings.class, () -> resolve(url, environment)).getMessage();
  }

  @Test
  void without_anything_said_the_user_is_crate_and_has_no_password() {
    var settings = resolve("postgresql://h1", Map.of());
    assertEquals(Credentials.of("crate"), settings.credentials());
    assertEquals(SslMode.PREFER, settings.tls());
    assertEquals(SslMode.VERIFY_FULL, resolve("https://h1", Map.of()).tls());
    assertEquals(SslMode.DISABLE, resolve("http://h1", Map.of()).tls());
  }

  @Test
  void the_url_beats_the_environment() {
    var environment =
        Map.of(
            "CRATE_CONNECTION_STRING", "https://other",
            "CRATE_USERNAME", "env",
            "CRATE_PASSWORD", "env",
            "CRATE_SSL_VERIFY", "false");
    var settings = resolve("postgresql://ops:url@h1?sslmode=verify-ca", environment);
    assertEquals("h1:5432", settings.hosts().get(0).toString());
    assertEquals("ops", settings.credentials().user());
    assertEquals("url", password(settings));
    assertEquals(SslMode.VERIFY_CA, settings.tls());
  }

  @Test
  void the_environment_completes_the_url() {
    var settings =
        resolve("https://h1", Map.of("CRATE_USERNAME", "env", "CRATE_PASSWORD", "secret"));
    assertEquals("env", settings.credentials().user());
    assertEquals("secret", password(settings));
  }

  @Test
  void the_url_itself_may_come_from_the_environment() {
    var none =
        new ConnectionOptions(Optional.empty(), Optional.empty(), Timeouts.DEFAULT, 5, false);
    var settings =
        none.resolve(Map.of("CRATE_CONNECTION_STRING", "http://h1"), ConnectionOptionsTest::read);
    assertEquals("h1:4200", settings.hosts().get(0).toString());
    var nothing =
        assertThrows(
            InvalidSettings.class, () -> none.resolve(Map.of(), ConnectionOptionsTest::read));
    assertTrue(nothing.getMessage().contains("--connect URL"), nothing.getMessage());
    assertTrue(nothing.getMessage().contains("./jbang demo"), nothing.getMessage());
  }

  @Test
  void a_password_file_beats_the_password_variable() {
    var environment = Map.of("CRATE_PASSWORD_FILE", "/run/secret", "CRATE_PASSWORD", "env");
    assertEquals("from-file", password(resolve("https://h1", environment)));
  }

  @Test
  void the_line_ends_after_a_password_are_dropped_and_none_within_it() {
    var environment = Map.of("CRATE_PASSWORD_FILE", "/run/two");
    assertEquals("two\nlines", password(resolve("https://h1", environment)));
  }

  @Test
  void an_unusable_password_file_is_named() {
    String missing = refusal("https://h1", Map.of("CRATE_PASSWORD_FILE", "/run/none"));
    assertTrue(missing.contains("/run/none (CRATE_PASSWORD_FILE) cannot be read"), missing);
    String empty = refusal("https://h1", Map.of("CRATE_PASSWORD_FILE", "/run/empty"));
    assertTrue(empty.contains("/run/empty (CRATE_PASSWORD_FILE) is empty"), empty);
  }

  @ParameterizedTest
  @CsvSource({
    "https://h1,                          false, REQUIRE",
    "https://h1,                          TRUE,  VERIFY_FULL",
    "https://h1,                          0,     REQUIRE",
    "postgresql://h1,                     1,     VERIFY_FULL",
    "postgresql://h1,                     auto,  PREFER",
    "https://h1,                          auto,  VERIFY_FULL",
    "postgresql://h1,                     true,  VERIFY_FULL",
    "postgresql://h1,                     false, REQUIRE",
    "http://h1,                           true,  DISABLE",
    "postgresql://h1?sslrootcert=/ca.pem, false, VERIFY_FULL",
    "https://h1?sslmode=verify-ca,        false, VERIFY_CA",
  })
  void certificates_are_checked_as_told(String url, String verify, SslMode expected) {
    assertEquals(expected, resolve(url, Map.of("CRATE_SSL_VERIFY", verify)).tls());
  }

  @Test
  void an_unclear_wish_about_certificates_is_refused() {
    String refusal = refusal("https://h1", Map.of("CRATE_SSL_VERIFY", "nope"));
    assertTrue(refusal.contains("CRATE_SSL_VERIFY is 'nope'"), refusal);
  }

  @Test
  void a_token_and_a_password_are_not_both_taken() {
    String refusal = refusal("https://h1", Map.of("CRATE_JWT", "t", "CRATE_PASSWORD", "s3cret"));
    assertTrue(refusal.contains("Both a password and a JWT are set"), refusal);
    assertTrue(resolve("https://h1", Map.of("CRATE_JWT", "t")).credentials().isToken());
    assertFalse(resolve("https://h1", Map.of("CRATE_JWT", "t0ken")).toString().contains("t0ken"));
  }

  @Test
  void a_token_does_not_travel_in_the_clear_either() {
    String refusal = refusal("http://h1", Map.of("CRATE_JWT", "t"));
    assertTrue(refusal.contains("clear text"), refusal);
  }

  /** 10 s are what is usual, and were taken for not typed. */
  @ParameterizedTest
  @ValueSource(longs = {7, 10})
  void a_typed_connect_timeout_beats_that_of_the_url(long seconds) {
    String url = "postgresql://h1?connect_timeout=3";
    assertEquals(Duration.ofSeconds(3), resolve(url, Map.of()).timeouts().connect());
    Optional<Duration> typed = Optional.of(Duration.ofSeconds(seconds));
    var options = new ConnectionOptions(Optional.of(url), typed, Timeouts.DEFAULT, 5, false);
    var settings = options.resolve(Map.of(), ConnectionOptionsTest::read);
    assertEquals(typed.get(), settings.timeouts().connect());
  }

  @ParameterizedTest
  @CsvSource({
    "https://db1.example:4200,     HTTPS_PROXY, '',            1",
    "https://db1.example:4200,     https_proxy, 'other',       1",
    "https://db1.example:4200,     HTTPS_PROXY, '.example',    0",
    "https://db1.example:4200,     HTTPS_PROXY, 'db1.example', 0",
    "https://db1.example:4200,     HTTPS_PROXY, '*',           0",
    "https://127.0.0.1:4200,       HTTPS_PROXY, '',            0",
    "postgresql://db1.example,     HTTPS_PROXY, '',            0",
  })
  void a_proxy_that_is_not_used_is_said_where_one_would_expect_it(
      String url, String variable, String direct, int notes) {
    var variables = Map.of(variable, "http://proxy:3128", "NO_PROXY", direct);
    assertEquals(notes, ConnectionOptions.of(url).notes(variables).size());
  }

  @ParameterizedTest
  @CsvSource({"postgresql://h1?sslmode=disable, sslcert", "http://h1, sslcert"})
  void a_client_certificate_without_tls_is_refused(String url, String part) {
    String whole = url + (url.contains("?") ? "&" : "?") + "sslcert=/c.pem&sslkey=/k.pem";
    assertTrue(refusal(whole, Map.of()).contains(part), refusal(whole, Map.of()));
  }

  @Test
  void settings_print_no_password() {
    assertFalse(resolve("https://ops:s3cret@h1", Map.of()).toString().contains("s3cret"));
  }
}
