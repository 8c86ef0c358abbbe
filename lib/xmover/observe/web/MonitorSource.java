package xmover.observe.web;

import java.util.Optional;
import java.util.function.Supplier;
import xmover.observe.Monitoring;

/**
 * A cluster under watch as a status server shows it; there is nothing to give orders to.
 *
 * @param measured its metrics as text
 */
public record MonitorSource(Monitoring monitoring, Supplier<Optional<String>> measured)
    implements StatusSource {
  @Override
  public Frame<?> frame() {
    return Frame.of(monitoring.snapshot());
  }

  @Override
  public Optional<String> metrics() {
    return measured.get();
  }
}
