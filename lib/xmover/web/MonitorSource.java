package xmover.web;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import xmover.live.RunExtrasJson;
import xmover.monitor.Monitoring;
import xmover.reset.PastReset;

/**
 * A cluster under watch as a status server shows it; there is nothing to give orders to.
 *
 * @param past what runs healed, oldest first; empty while nobody knows
 * @param measured its metrics as text
 */
public record MonitorSource(
    Monitoring monitoring,
    Supplier<Optional<List<PastReset>>> past,
    Supplier<Optional<String>> measured)
    implements StatusSource {
  @Override
  public StatusFrame<?> frame() {
    StatusFrame<?> frame = StatusFrame.of(monitoring.snapshot());
    return past.get()
        .<StatusFrame<?>>map(all -> frame.with("runs", RunExtrasJson.runs(all)))
        .orElse(frame);
  }

  @Override
  public Optional<String> metrics() {
    return measured.get();
  }
}
