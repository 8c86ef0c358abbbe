package xmover.cli;

/**
 * What a command says to the shell when it ends; the numbers are fixed by the operators' handbook.
 */
public enum ExitCode {
  /** All done. */
  DONE(0),
  /** Bad parameters, no connection, refused by a gate, or every table failed for other reasons. */
  ERROR(1);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
