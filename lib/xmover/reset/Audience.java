package xmover.reset;

import java.util.List;
import java.util.function.Consumer;

/**
 * Those who are told what happens; one that throws costs the others, and the reset, nothing.
 *
 * @param broken is told what a listener threw
 */
public record Audience<L>(List<? extends L> listeners, Consumer<Throwable> broken) {
  public Audience {
    listeners = List.copyOf(listeners);
  }

  /** Tells each of them. */
  public void tell(Consumer<? super L> news) {
    for (L listener : listeners) {
      try {
        news.accept(listener);
      } catch (RuntimeException | Error thrown) {
        // An Error, too: a class that a listener lacks must not leave a table without replicas.
        broken.accept(thrown);
      }
    }
  }
}
