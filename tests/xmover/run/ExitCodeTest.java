package xmover.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xmover.reset.RunReport;
import xmover.reset.TableResult;
import xmover.reset.TestResults;

class ExitCodeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "                                         | DONE",
        "completed                                | DONE",
        "completed completed                      | DONE",
        "cured                                    | DONE",
        "not_cured                                | PARTIAL",
        "completed not_cured                      | PARTIAL",
        "failed not_cured                         | PARTIAL",
        "critical not_cured                       | CRITICAL",
        "timed_out                                | TIMED_OUT",
        "timed_out failed                         | TIMED_OUT",
        "timed_out not_started                    | TIMED_OUT",
        "failed                                   | ERROR",
        "failed failed                            | ERROR",
        "not_started                              | ERROR",
        "not_touched                              | ERROR",
        "completed failed                         | PARTIAL",
        "completed timed_out                      | PARTIAL",
        "completed not_started                    | PARTIAL",
        "critical                                 | CRITICAL",
        "completed critical                       | CRITICAL",
        "timed_out critical not_started           | CRITICAL",
        "timed_out_and_critical                   | CRITICAL"
      })
  void the_code_follows_from_the_results(String results, ExitCode expected) {
    var all = new ArrayList<TableResult>();
    if (results != null) {
      for (String result : results.strip().split(" +", -1)) {
        all.add(TestResults.of("doc.t" + all.size(), result));
      }
    }
    assertEquals(
        expected, ExitCode.of(new RunReport(Instant.EPOCH, Instant.EPOCH, List.copyOf(all), 3)));
  }

  @ParameterizedTest
  @CsvSource({"completed, PARTIAL", ", ERROR", "failed, ERROR", "critical, CRITICAL"})
  void rebalancing_that_is_left_off_is_never_done(String result, ExitCode expected) {
    var all = result == null ? List.<TableResult>of() : List.of(TestResults.of("doc.t", result));
    var report = new RunReport(Instant.EPOCH, Instant.EPOCH, all, 0);
    assertEquals(expected, ExitCode.of(report, true));
  }

  @ParameterizedTest
  @CsvSource({"DONE, 0", "ERROR, 1", "TIMED_OUT, 2", "PARTIAL, 3", "CRITICAL, 4"})
  void the_numbers_are_the_handbooks(ExitCode code, int number) {
    assertEquals(number, code.number());
  }
}
