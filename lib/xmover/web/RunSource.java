package xmover.web;

import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Supplier;
import xmover.live.RunProgress;
import xmover.live.RunSnapshot;
import xmover.observe.RunControl;
import xmover.report.KeptReport;

/**
 * A run as a status server shows it.
 *
 * @param measured the run's metrics as text
 * @param report what it did, once it is over
 */
public record RunSource(
    RunProgress progress,
    Supplier<Optional<String>> measured,
    KeptReport report,
    RunControl control)
    implements StatusSource {
  @Override
  public StatusFrame<?> frame() {
    return StatusFrame.of(progress.snapshot());
  }

  @Override
  public long version() {
    return progress.version();
  }

  @Override
  public Optional<String> metrics() {
    return measured.get();
  }

  @Override
  public Optional<String> reportPage() {
    return report.html();
  }

  @Override
  public Optional<String> reportJson() {
    return report.json();
  }

  @Override
  public Future<Void> alive() {
    return control.alive();
  }

  @Override
  public Optional<String> order(Order order) {
    RunSnapshot run = progress.snapshot();
    if (run.report().isPresent()) {
      return Optional.of("the run is over");
    }
    if (run.stopping().isPresent() && order != Order.ABORT) {
      return Optional.of("the run is stopping: " + run.stopping().get());
    }
    switch (order) {
      case PAUSE -> control.pause();
      case CONTINUE -> control.proceed();
      case ABORT -> control.stop("aborted by an operator");
    }
    return Optional.empty();
  }
}
