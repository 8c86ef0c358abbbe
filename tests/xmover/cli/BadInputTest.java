package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import xmover.environment.TestEnvironment;

/** What is typed wrong is told in a sentence on stderr, with exit code 1, and nothing is sent. */
class BadInputTest {
  @TempDir private static Path folder;
  private static WiredCluster drill;

  @BeforeAll
  static void start() throws IOException {
    drill = WiredCluster.withUsers(folder);
  }

  @AfterAll
  static void stop() {
    drill.close();
  }

  /** Types it, PG and HTTP standing for the drill, and holds what is true of all bad input. */
  private static String refused(String typed) {
    var words = typed.replace("PG", drill.pg()).replace("HTTP", drill.http()).split(" ");
    var outcome = Operator.types(words);
    assertEquals(1, outcome.exitCode(), outcome.out() + outcome.err());
    assertEquals("", outcome.out());
    assertTrue(outcome.err().startsWith("xmover: "), outcome.err());
    assertTrue(outcome.err().lines().count() <= 2, outcome.err());
    assertFalse(outcome.err().matches("(?s).*(Exception|\tat |unexpected|null).*"), outcome.err());
    return outcome.err();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "detect --connect PG --percentage 0      | --percentage must be above 0, not 0",
        "detect --connect PG --percentage -5     | --percentage must be above 0, not -5",
        "detect --connect PG --percentage 1.5    | '--percentage': '1.5' is no whole number",
        "detect --connect PG --sizeMB -1         | --sizeMB must be above 0, not -1",
        "detect --connect PG --sizeMB 0          | --sizeMB must be above 0, not 0",
        "detect --connect PG --sizeMB NaN        | --sizeMB must be above 0, not NaN",
        "detect --connect PG --sizeMB 0.0000001  | --sizeMB",
        "detect --connect PG --sizeMB many       | '--sizeMB': 'many' is no number",
        "detect --connect PG --output yaml       | '--output'",
        "detect --connect PG --read-timeout soon | 'soon' is no time: write 500ms, 10s, 5m, 2h or"
            + " 7d",
        "detect --connect PG --read-timeout 0    | A timeout must be longer than nothing.",
        "detect --connect PG --pool-size 0       | pool of at least one",
        "detect --connect PG --table             | --table",
        "detect --connect PG --bogus             | Unknown option: '--bogus'",
        "detect --connect PG events              | Unmatched argument at index 3: 'events'",
        "detect --connect                        | --connect",
        "test-connection --connect HTTP --timeout 0 | --timeout must be longer than nothing",
        "problematic-translogs --connect HTTP --execute=maybe | 'maybe'",
        "resume --connect PG --serve 99999 | '99999' is no place to listen: write a port from 0 to"
            + " 65535",
        "resume --connect PG --serve ::1:80 | an IPv6 address stands in brackets, as in [::1]:8080",
        "ctl                                     | ORDER",
        "ctl stop                                | no such order: 'stop': say pause, continue,"
            + " abort or status",
        "ctl pause db1:8080                      | 'db1:8080' is no URL like http://host:9093",
        "monitor --connect PG --serve 0 --watch 0 | --watch must be longer than nothing",
        "detct                                   | Did you mean",
        "--bogus                                 | Unknown option: '--bogus'",
        "simulate                                | SCENARIO",
        "simulate nope                           | there is no scenario 'nope'",
        "simulate drill --pg-port x              | '--pg-port': 'x' is no whole number",
        "simulate drill --pg-port 99999          | --pg-port must be a port from 0 to 65535",
        "simulate drill --tls-cert cert.pem      | --tls-key",
        "simulate drill --fault cut-aftr         | there is no fault 'cut-aftr': the nearest is"
            + " 'cut-after', --list-faults shows all of them",
        "simulate drill --fault cut-after@noon   | there is no moment 'noon': known are before,"
            + " zero, move, wait, restore, recovery",
        "simulate drill --fault cut&tables=1     | --fault takes NAME or NAME@MOMENT, such as"
            + " cut-after@restore, not 'cut&tables=1'",
        "detect --connect sim:nope               | there is no scenario 'nope'",
        "detect --connect sim:                   | there is no scenario",
        "detect --connect sim:large?tables=x     | tables",
        "detect --connect sim:/no/such/file.json | /no/such/file.json",
      })
  void bad_parameters_are_refused_before_anything_is_sent(String typed, String sentence) {
    int before = drill.log.arrivals().size();
    String told = refused(typed);
    assertTrue(told.contains(sentence), told);
    assertEquals(before, drill.log.arrivals().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"detect", "reset doc.events --yes", "monitor doc.events"})
  void a_script_without_a_simulated_cluster_says_who_has_one(String typed) {
    var around = new TestEnvironment(folder).withoutSimulator();
    var outcome = Operator.types(around, (typed + " --connect sim:drill").split(" "));
    assertEquals(
        "xmover: this script has no simulated cluster: take xmover, demo or simulate, which have"
            + " one, as in xmover detect --connect sim:drill\n",
        outcome.err());
    assertEquals("", outcome.out());
    assertEquals(1, outcome.exitCode());
  }

  @Test
  void a_port_that_is_taken_is_told() {
    String port = drill.http().replaceFirst(".*:", "");
    assertTrue(
        refused("simulate drill --pg-port 0 --http-port " + port)
            .contains("can't listen on ports 0 and " + port + " (Address already in use)"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nope.pem", "text"})
  void a_certificate_that_is_none_is_told(String file) {
    Path path = file.equals("nope.pem") ? Path.of(file) : folder.resolve("drill-with-users.json");
    String told =
        refused(
            "simulate drill --pg-port 0 --http-port 0 --tls-cert " + path + " --tls-key " + path);
    assertTrue(told.contains("--tls-cert"), told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "postgresq://127.0.0.1            | scheme 'postgresq' is unknown",
        "127.0.0.1:5432                   | no scheme://host:port",
        "postgresql://127.0.0.1:54x2      | is no port",
        "postgresql://127.0.0.1:99999     | is no port",
        "postgresql://                    | host of the connection URL is empty",
        "postgresql://h/doc?sslmod=prefer | parameter 'sslmod' is unknown",
        "postgresql://h/doc?sslmode=on    | sslmode 'on' is unknown",
        "https://h:4200/_sqll             | path is not understood",
        "crate://h:4200?ssl=yes           | ssl is neither true nor false",
        "Sim:drill                        | no scheme://host:port",
      })
  void a_url_with_a_typo_is_told(String url, String sentence) {
    String told = refused("detect --connect " + url);
    assertTrue(told.contains(sentence), told);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://guard:s3cret@127.0.0.1:5432/doc",
        "https://guard:s3cret@db.example:4200",
        "crate://guard:s3cret@db.example:4200",
        "postgresql://guard:s3cret@127.0.0.1:54x2/doc",
        "postgresq://guard:s3cret@127.0.0.1:5432/doc",
        "postgresql://guard:s3cret@127.0.0.1:5432/doc?sslmod=x",
        "postgresql://guard:s3/cret@127.0.0.1:5432/doc",
        "guard:s3cret@127.0.0.1:5432",
      })
  void a_password_in_the_options_is_refused_and_never_printed(String url) {
    for (String debug : List.of("", " --debug")) {
      var outcome = Operator.types(("detect --connect " + url + debug).split(" "));
      assertEquals(1, outcome.exitCode());
      assertFalse((outcome.out() + outcome.err()).contains("cret"), outcome.err());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--table nope*", "--schema nope", "--table events --table nope", "--table Events"})
  void a_name_that_matches_no_table_is_told(String options) {
    String told = refused("detect --connect PG " + options);
    assertTrue(told.contains("no table matches '"), told);
    assertTrue(
        told.contains(
            "check the spelling (schema.table, case counts), or the privileges of the user"),
        told);
  }

  @Test
  void debug_shows_where_an_error_comes_from() {
    var outcome = Operator.types("detect", "--debug", "--table", "nope", "--connect", drill.pg());
    assertEquals(1, outcome.exitCode());
    assertTrue(outcome.err().startsWith("xmover: "), outcome.err());
    assertTrue(outcome.err().contains("\tat xmover.detect."), outcome.err());
    assertEquals("", outcome.out());
  }
}
