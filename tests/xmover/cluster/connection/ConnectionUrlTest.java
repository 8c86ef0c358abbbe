package xmover.cluster.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionUrlTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          postgresql://h1                                     | POSTGRESQL | [h1:5432]          | -           | doc
          postgres://h1/                                      | POSTGRESQL | [h1:5432]          | -           | doc
          postgresql://h1:5439,h2,[::1]:5433/curvo            | POSTGRESQL | [h1:5439, h2:5432, [::1]:5433] | - | curvo
          postgresql://h1:5439, h2 ,h3                        | POSTGRESQL | [h1:5439, h2:5432, h3:5432] | -  | doc
          POSTGRESQL://h1                                     | POSTGRESQL | [h1:5432]          | -           | doc
          Https://h1                                          | HTTP       | [h1:4200]          | -           | doc
          Crate://h1?ssl=true                                 | HTTP       | [h1:4200]          | -           | doc
          postgresql://h1?sslmode=verify-full                 | POSTGRESQL | [h1:5432]          | VERIFY_FULL | doc
          postgresql://h1/doc?sslmode=disable                 | POSTGRESQL | [h1:5432]          | DISABLE     | doc
          https://h1                                          | HTTP       | [h1:4200]          | -           | doc
          https://h1:443,h2:4201/_sql                         | HTTP       | [h1:443, h2:4201]  | -           | doc
          https://h1/?sslmode=verify-ca                       | HTTP       | [h1:4200]          | VERIFY_CA   | doc
          http://[::1]:4200/_sql                              | HTTP       | [[::1]:4200]       | DISABLE     | doc
          crate://h1:4200?ssl=true                            | HTTP       | [h1:4200]          | -           | doc
          crate://h1,h2/curvo                                 | HTTP       | [h1:4200, h2:4200] | DISABLE     | curvo
          crate://h1?ssl=true&sslmode=require                 | HTTP       | [h1:4200]          | REQUIRE     | doc
          """)
  void every_form_is_understood(
      String url, Transport transport, String hosts, String sslMode, String schema) {
    var parsed = ConnectionUrl.parse(url);
    assertEquals(transport, parsed.transport());
    assertEquals(hosts, parsed.hosts().toString());
    assertEquals(sslMode, parsed.sslMode().map(SslMode::name).orElse("-"));
    assertEquals(schema, parsed.schema());
  }

  @Test
  void user_and_password_are_percent_decoded() {
    var url = ConnectionUrl.parse("postgresql://o%40ps:p%2Fa%3As+s%20%25@h1");
    assertEquals(Optional.of("o@ps"), url.user());
    assertEquals("p/a:s+s %", url.password().orElseThrow().reveal());
  }

  @Test
  void an_at_sign_in_the_password_needs_no_encoding() {
    var url = ConnectionUrl.parse("postgresql://ops:p@ss@h1");
    assertEquals("p@ss", url.password().orElseThrow().reveal());
    assertEquals(List.of(new HostPort("h1", 5432)), url.hosts());
  }

  @Test
  void a_ca_file_is_named_by_its_path() {
    var url = ConnectionUrl.parse("postgresql://h1?sslmode=verify-full&sslrootcert=/my%20ca.pem");
    assertEquals(Optional.of(Path.of("/my ca.pem")), url.rootCertificate());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          h1:5432                              | no scheme://host:port
          postgresql:/h1                       | no scheme://host:port
          mysql://h1                           | scheme 'mysql' is unknown
          postgresql://                        | host of the connection URL is empty
          postgresql://h1,,h2                  | host of the connection URL is empty
          postgresql://h1:0                    | follows host 'h1' in the connection URL is no port
          postgresql://h1:65536                | follows host 'h1' in the connection URL is no port
          postgresql://h1:54x2                 | follows host 'h1' in the connection URL is no port
          postgresql://h1:                     | follows host 'h1' in the connection URL is no port
          postgresql://::1:5432                | in brackets
          postgresql://h1?sslmode=full         | sslmode 'full' is unknown; use one of [disable, prefer
          postgresql://h1?sslmod=require       | parameter 'sslmod' is unknown; postgresql:// knows [sslmode, sslrootcert
          postgresql://h1?ssl=true             | parameter 'ssl' is unknown
          http://h1?sslmode=require            | sslmode 'require' contradicts
          http://h1?host=h2                    | parameter 'host' is unknown
          postgresql:///?host=/tmp             | path of a socket
          postgresql:///?host=a,b&port=1,2,3   | more or fewer ports
          postgresql://h1?connect_timeout=soon | connect_timeout is no number of seconds
          postgresql://h1?sslcert=/c.pem       | by half
          postgresql://h1?sslpassword=x        | sslpassword is not taken
          https://h1?sslmode=disable           | sslmode 'disable' contradicts
          https://h1?sslmode=prefer            | sslmode 'prefer' contradicts
          crate://h1?sslmode=require           | sslmode 'require' contradicts
          crate://h1?ssl=yes                   | ssl is neither true nor false
          postgresql://h1/doc/t                | path is not understood
          postgresql://ops:100%@h1             | % that starts no percent-encoding
          """)
  void what_is_malformed_is_refused_with_a_sentence_that_says_where(String url, String part) {
    var refusal = assertThrows(MalformedUrl.class, () -> ConnectionUrl.parse(url));
    assertTrue(refusal.getMessage().contains(part), refusal.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://ops:s3cret@h1",
        "postgresql://ops:s3cret",
        "postgresql://ops:s3cret@h1:x",
        "postgresql://ops:s3cret/x@h1",
        "postgresql://ops:x?s3cret@h1",
        "postgresql://ops:x#s3cret@h1",
        "postgresql://ops:s3cret%@h1",
        "postgresql://ops:s3cret@h1?sslmode=full",
        "postgresql://ops:s3cret@",
        "postgresql:ops:s3cret@h1",
        "ops:s3cret@h1:5432",
        "postgresql://h1?password=s3cret&port=1,2",
        "postgresql://ops:s3cret@[h1]:5432",
        "postgresql://h1/doc?password=a&s3cretrest",
        "https://h1?password=a&s3cret%20rest=b",
      })
  void no_refusal_repeats_a_password(String url) {
    var refusal = assertThrows(MalformedUrl.class, () -> ConnectionUrl.parse(url));
    assertFalse(refusal.toString().contains("s3cret"), refusal.getMessage());
  }

  /** Found by coverage: it was an InvalidPathException, which is told as a bug. */
  @Test
  void a_ca_file_whose_name_no_file_can_have_is_refused_in_a_sentence() {
    String url = "postgresql://h1?sslrootcert=h1,h2%00";
    var refusal = assertThrows(MalformedUrl.class, () -> ConnectionUrl.parse(url));
    assertTrue(refusal.getMessage().contains("sslrootcert"), refusal.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          postgresql:///doc?host=h1,h2&port=5433           | [h1:5433, h2:5433]
          postgresql:///?host=h1,h2&port=5433,5434         | [h1:5433, h2:5434]
          postgresql:///?host=::1                          | [[::1]:5432]
          postgresql://h1?port=5433                        | [h1:5433]
          postgresql://h1:5434?port=5433                   | [h1:5434]
          """)
  void hosts_and_ports_may_be_parameters_as_in_libpq(String url, String hosts) {
    assertEquals(hosts, ConnectionUrl.parse(url).hosts().toString());
  }

  @Test
  void what_libpq_takes_as_parameters_is_understood() {
    var url =
        ConnectionUrl.parse(
            "postgresql://h1?user=ops&password=s3cret&dbname=curvo&connect_timeout=3"
                + "&sslcert=/c.pem&sslkey=/k.pem");
    assertEquals(Optional.of("ops"), url.user());
    assertEquals("s3cret", url.password().orElseThrow().reveal());
    assertEquals("curvo", url.schema());
    assertEquals(Optional.of(Duration.ofSeconds(3)), url.connectTimeout());
    assertEquals(
        Optional.of(new ClientCertificate(Path.of("/c.pem"), Path.of("/k.pem"))),
        url.clientCertificate());
    assertEquals(List.of(), url.notes());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://h1                      | ''
          https://h1/_sql                 | ''
          https://h1/                     | ''
          https://h1/crate/prefix         | /crate/prefix
          https://h1/crate/prefix/_sql    | /crate/prefix
          http://h1/crate/                | /crate
          https://h1/a%20b                | /a%20b
          crate://h1/curvo                | ''
          """)
  void a_path_of_http_is_the_prefix_of_a_proxy(String url, String path) {
    assertEquals(path, ConnectionUrl.parse(url).path());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://h1?schema=curvo                                               | schema is ignored
          crate://h1/curvo                                                      | schema is ignored
          postgresql://h1?application_name=psql                                 | application_name is ignored
          postgresql://h1?target_session_attrs=read-write&application_name=x    | application_name are ignored
          """)
  void what_has_no_effect_is_said_in_one_sentence(String url, String part) {
    var notes = ConnectionUrl.parse(url).notes();
    assertEquals(1, notes.size());
    assertTrue(notes.get(0).contains(part), notes.get(0));
  }

  @Test
  void a_parsed_url_prints_no_password() {
    assertFalse(ConnectionUrl.parse("https://ops:s3cret@h1").toString().contains("s3cret"));
  }
}
