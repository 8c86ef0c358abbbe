package xmover.cluster.wire;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import xmover.cluster.connection.ConnectionSettings;
import xmover.cluster.connection.Credentials;
import xmover.cluster.connection.HostPort;
import xmover.cluster.connection.Secret;
import xmover.cluster.connection.SslMode;

/** CrateDB's HTTP port. Its connections stay open between statements. */
final class HttpWire implements NodeWire {
  private final HostPort host;
  private final ConnectionSettings settings;
  private final ConnectionFaults faults;
  private final ServerErrors errors;
  private final HttpClientAgent client;
  private final RequestOptions request;

  HttpWire(Vertx vertx, HostPort host, ConnectionSettings settings) {
    this.host = host;
    this.settings = settings;
    this.faults = new ConnectionFaults(host, settings);
    this.errors = new ServerErrors(host, settings.credentials().user());
    this.client = vertx.httpClientBuilder().with(transport(vertx, settings)).build();
    this.request =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setHost(host.host())
            .setPort(host.port())
            .setURI(settings.path() + "/_sql")
            .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
            .putHeader("Default-Schema", settings.schema())
            .putHeader(HttpHeaders.AUTHORIZATION, login(settings.credentials()));
  }

  private static HttpClientOptions transport(Vertx vertx, ConnectionSettings settings) {
    Duration patience = settings.timeouts().connect();
    var options =
        new HttpClientOptions()
            .setConnectTimeout((int) patience.toMillis())
            // Else a server that is silent in the handshake keeps its connection for 10 seconds.
            .setSslHandshakeTimeout(patience.toMillis())
            .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
    if (settings.tls() == SslMode.DISABLE) {
      return options;
    }
    settings
        .clientCertificate()
        .ifPresent(shown -> options.setKeyCertOptions(shown.options(vertx)));
    options.setSsl(true).setVerifyHost(settings.tls() == SslMode.VERIFY_FULL);
    return settings.tls().verifies()
        ? options.setTrustOptions(
            TrustOptions.wrap(new TrustedCertificates(settings.rootCertificate()).witness()))
        : options.setTrustAll(true);
  }

  private static String login(Credentials credentials) {
    return credentials.isToken()
        ? "Bearer " + credentials.password().map(Secret::reveal).orElseThrow()
        : basic(credentials);
  }

  private static String basic(Credentials credentials) {
    String pair = credentials.user() + ":" + credentials.password().map(Secret::reveal).orElse("");
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Future<NodeSession> open(SocketAddress address) {
    var target =
        new HttpConnectOptions().setServer(address).setHost(host.host()).setPort(host.port());
    return client
        .connect(target)
        .timeout(settings.timeouts().connect().toMillis(), TimeUnit.MILLISECONDS)
        .<NodeSession>map(connection -> new HttpSession(connection, request, faults, errors))
        .recover(thrown -> Future.failedFuture(faults.connecting(thrown)));
  }

  /** A load balancer may send each request somewhere else. */
  @Override
  public boolean mayChangeServers() {
    return true;
  }

  @Override
  public Future<Void> close() {
    return client.close();
  }
}
