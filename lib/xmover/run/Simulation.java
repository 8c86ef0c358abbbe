package xmover.run;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemKeyCertOptions;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import xmover.cluster.InvalidSettings;
import xmover.environment.Environment;

/** Starts simulated clusters where a command has them; elsewhere a sentence says who does. */
public final class Simulation {
  private Simulation() {}

  /**
   * Starts one, which ends with its Vert.x.
   *
   * @param scenario a name, or the path of a file
   * @param pgPort 0 for any
   * @param httpPort 0 for any
   * @return where it listens: for PostgreSQL clients, and for HTTP
   */
  public static Future<List<URI>> start(
      Environment environment,
      Vertx vertx,
      String scenario,
      int pgPort,
      int httpPort,
      @Nullable PemKeyCertOptions tls) {
    try {
      return environment
          .simulator()
          .start(vertx, environment.clock(), environment.folder(), scenario, pgPort, httpPort, tls);
    } catch (IllegalArgumentException unknown) {
      throw new InvalidSettings(String.valueOf(unknown.getMessage()));
    }
  }
}
