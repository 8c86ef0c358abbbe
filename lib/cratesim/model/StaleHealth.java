package cratesim.model;

/**
 * A cluster that does not know yet how ill it is: for some statements the health tables show GREEN.
 */
public final class StaleHealth {
  private int statements;
  private boolean asked;

  /** Shows GREEN to so many statements to come. */
  public void show(int next) {
    statements = next;
  }

  public boolean isShown() {
    asked = true;
    return statements > 0;
  }

  /** Planning a statement may look as well; only its execution counts. */
  public void statementBegins() {
    asked = false;
  }

  public void statementEnds() {
    if (asked && statements > 0) {
      statements--;
    }
  }
}
