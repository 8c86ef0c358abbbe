package xmover.metrics;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Writes what a registry holds in Prometheus' text form. */
final class PrometheusText {
  /** What the text is, for who asks over HTTP. */
  static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

  private PrometheusText() {}

  static String of(PrometheusMeterRegistry registry) {
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
