package xmover.reset;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a listener does at each kind of event; at one that it has no handler for, nothing. */
public final class EventHandlers implements RunListener {
  private final Map<Class<?>, Consumer<RunEvent>> handlers = new HashMap<>();

  public <E extends RunEvent> EventHandlers on(Class<E> kind, Consumer<? super E> handler) {
    handlers.put(kind, event -> handler.accept(kind.cast(event)));
    return this;
  }

  @Override
  public void on(RunEvent event) {
    @Nullable Consumer<RunEvent> handler = handlers.get(event.getClass());
    if (handler != null) {
      handler.accept(event);
    }
  }
}
