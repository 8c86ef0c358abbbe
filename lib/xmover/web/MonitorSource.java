package xmover.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import xmover.live.RunExtrasJson;
import xmover.monitor.Monitoring;
import xmover.reset.PastReset;

/** A cluster under watch as a status server shows it; there is nothing to give orders to. */
public final class MonitorSource implements StatusSource {
  private final Monitoring monitoring;
  private final Supplier<Optional<List<PastReset>>> past;
  private final Supplier<Optional<String>> measured;
  private @Nullable List<PastReset> told;
  private @Nullable ArrayNode runs;

  /**
   * @param past what runs healed, oldest first, the same list until it was read again; empty while
   *     nobody knows
   * @param measured its metrics as text
   */
  public MonitorSource(
      Monitoring monitoring,
      Supplier<Optional<List<PastReset>>> past,
      Supplier<Optional<String>> measured) {
    this.monitoring = monitoring;
    this.past = past;
    this.measured = measured;
  }

  @Override
  public StatusFrame<?> frame() {
    StatusFrame<?> frame = StatusFrame.of(monitoring.snapshot());
    return past.get().<StatusFrame<?>>map(all -> frame.with("runs", runs(all))).orElse(frame);
  }

  @Override
  public long version() {
    return monitoring.version();
  }

  private ArrayNode runs(List<PastReset> all) {
    ArrayNode same = all == told ? runs : null;
    if (same == null) {
      same = RunExtrasJson.runs(all);
      told = all;
      runs = same;
    }
    return same;
  }

  @Override
  public Optional<String> metrics() {
    return measured.get();
  }
}
