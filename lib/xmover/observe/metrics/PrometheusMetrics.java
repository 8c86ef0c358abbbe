package xmover.observe.metrics;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import xmover.observe.RunScene;

/** Measures one run for Prometheus. Any thread may ask for the text. */
public final class PrometheusMetrics extends RunMetrics {
  /** What the text is, for who asks over HTTP. */
  public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

  private final PrometheusMeterRegistry registry;

  public PrometheusMetrics(RunScene scene) {
    this(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), scene);
  }

  private PrometheusMetrics(PrometheusMeterRegistry registry, RunScene scene) {
    super(registry, scene);
    this.registry = registry;
  }

  /** How the run stands, in Prometheus' text form. */
  public String scrape() {
    var text = new ByteArrayOutputStream();
    try {
      // Micrometer adds a maximum of the last minutes to each histogram: in a run it says nothing.
      PrometheusTextFormatWriter.create()
          .write(text, registry.getPrometheusRegistry().scrape(name -> !name.endsWith("_max")));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString(StandardCharsets.UTF_8);
  }
}
