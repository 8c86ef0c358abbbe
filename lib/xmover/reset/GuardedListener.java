package xmover.reset;

import java.util.List;
import java.util.function.Consumer;

/**
 * Tells several listeners; one that throws costs the others, and the reset, nothing.
 *
 * @param broken is told what a listener threw
 */
public record GuardedListener(List<? extends RunListener> listeners, Consumer<Throwable> broken)
    implements RunListener {
  public GuardedListener {
    listeners = List.copyOf(listeners);
  }

  @Override
  public void on(RunEvent event) {
    for (RunListener listener : listeners) {
      try {
        listener.on(event);
      } catch (RuntimeException | Error thrown) {
        // An Error, too: a class that a listener lacks must not leave a table without replicas.
        broken.accept(thrown);
      }
    }
  }
}
