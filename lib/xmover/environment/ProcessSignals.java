package xmover.environment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The signals of the process, told to all who listen: two runs in one JVM end both. */
final class ProcessSignals implements Signals {
  private final Map<String, List<Runnable>> listening = new HashMap<>();
  private final Map<String, @Nullable Object> before = new HashMap<>();

  @Override
  public synchronized Runnable on(String name, Runnable told) {
    List<Runnable> all = listening.computeIfAbsent(name, n -> new ArrayList<>());
    if (all.isEmpty()) {
      before.put(name, org.jline.utils.Signals.register(name, () -> tell(name)));
    }
    all.add(told);
    return () -> end(name, told);
  }

  private synchronized void end(String name, Runnable told) {
    List<Runnable> all = listening.getOrDefault(name, List.of());
    if (all.remove(told) && all.isEmpty()) {
      org.jline.utils.Signals.unregister(name, before.remove(name));
    }
  }

  private void tell(String name) {
    listeners(name).forEach(Runnable::run);
  }

  private synchronized List<Runnable> listeners(String name) {
    return List.copyOf(listening.getOrDefault(name, List.of()));
  }
}
