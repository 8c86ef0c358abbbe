package xmover.metrics;

import java.util.function.Consumer;

/** Passes on the first warning: what fails every ten seconds of a long run is told once. */
final class FirstWarning implements Consumer<String> {
  private final Consumer<String> warning;
  private boolean told;

  FirstWarning(Consumer<String> warning) {
    this.warning = warning;
  }

  @Override
  public void accept(String sentence) {
    if (!told) {
      told = true;
      warning.accept(sentence);
    }
  }
}
