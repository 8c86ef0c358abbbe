package xmover.run;

import java.util.Arrays;
import xmover.reset.RunReport;
import xmover.reset.TableResult;

/**
 * What a command says to the shell when it ends; the numbers are fixed by the operators' handbook.
 */
public enum ExitCode {
  /** All done. */
  DONE(0),
  /** Bad parameters, no connection, refused by a gate, or every table failed for other reasons. */
  ERROR(1),
  /** Nothing succeeded and leases timed out; every replica setting is back. */
  TIMED_OUT(2),
  /** Some tables failed, some succeeded; or some are back and not healed. */
  PARTIAL(3),
  /** The replicas of some table could not be restored; beats all others. */
  CRITICAL(4),
  /** Stopped by Ctrl-C after every table was put back. */
  INTERRUPTED(130),
  /** Stopped by SIGTERM, or because its terminal went away, after every table was put back. */
  TERMINATED(143);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  /** The code with that number; for any other one an error. */
  public static ExitCode of(int number) {
    return Arrays.stream(values()).filter(code -> code.number == number).findFirst().orElse(ERROR);
  }

  public int number() {
    return number;
  }

  /**
   * The code a run ends with.
   *
   * @param leftOff whether rebalancing could not be put back, which is never done
   */
  static ExitCode of(RunReport report, boolean leftOff) {
    ExitCode code = of(report);
    if (!leftOff || code != DONE) {
      return code;
    }
    return report.completed() > 0 ? PARTIAL : ERROR;
  }

  /** The code a command ends with that failed. */
  public static ExitCode of(Throwable failure) {
    return failure instanceof OpenEntries ? CRITICAL : ERROR;
  }

  /** The code a run ends with. */
  public static ExitCode of(RunReport report) {
    if (!report.critical().isEmpty()) {
      return CRITICAL;
    }
    if (report.failed() == 0) {
      return report.notCured().isEmpty() ? DONE : PARTIAL;
    }
    if (report.completed() > 0) {
      return PARTIAL;
    }
    return report.results().stream().anyMatch(TableResult::isTimedOut) ? TIMED_OUT : ERROR;
  }
}
