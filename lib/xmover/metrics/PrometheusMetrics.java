package xmover.metrics;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import xmover.observe.RunScene;

/** Measures one run for Prometheus. Any thread may ask for the text. */
public final class PrometheusMetrics extends RunMetrics {
  /** What the text is, for who asks over HTTP. */
  public static final String CONTENT_TYPE = PrometheusText.CONTENT_TYPE;

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
    return PrometheusText.of(registry);
  }
}
