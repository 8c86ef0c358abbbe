package cratesim;

/**
 * A cluster that does not know yet how ill it is: for some statements the health tables show GREEN.
 */
final class StaleHealth {
  private int statements;
  private boolean asked;

  /** Shows GREEN to so many statements to come. */
  void show(int next) {
    statements = next;
  }

  boolean isShown() {
    asked = true;
    return statements > 0;
  }

  /** Planning a statement may look as well; only its execution counts. */
  void statementBegins() {
    asked = false;
  }

  void statementEnds() {
    if (asked && statements > 0) {
      statements--;
    }
  }
}
