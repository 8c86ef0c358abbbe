package xmover.environment;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemKeyCertOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Starts simulated clusters in this process; a script has one only if it brings it along. */
@FunctionalInterface
public interface Simulator {
  /** Of a script that brings none. */
  Simulator NONE =
      (vertx, clock, folder, scenario, pgPort, httpPort, tls) -> {
        throw new IllegalArgumentException(
            "this script has no simulated cluster: take xmover, demo or simulate, which have one,"
                + " as in xmover detect --connect sim:"
                + scenario);
      };

  /**
   * Starts one, which ends with its Vert.x.
   *
   * @param folder where the path of a scenario begins
   * @param scenario a name, or the path of a file
   * @param pgPort 0 for any
   * @param httpPort 0 for any
   * @param tls the certificate it shows; null for no TLS
   * @return where it listens: for PostgreSQL clients, and for HTTP
   * @throws IllegalArgumentException when there is no such scenario, or none at all
   */
  Future<List<URI>> start(
      Vertx vertx,
      InstantSource clock,
      Path folder,
      String scenario,
      int pgPort,
      int httpPort,
      @Nullable PemKeyCertOptions tls);
}
