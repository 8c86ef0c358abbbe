package xmover.cluster.wire;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.NotSslRecordException;
import io.vertx.core.VertxException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import xmover.cluster.ClusterFailure;
import xmover.cluster.ClusterFailure.Kind;
import xmover.cluster.Statement;
import xmover.cluster.connection.ConnectionSettings;
import xmover.cluster.connection.HostPort;
import xmover.cluster.connection.Transport;

/**
 * Says why a host could not be reached, or was lost, in a sentence to act on. Decides by the type
 * of the exception and its causes.
 */
final class ConnectionFaults {
  private final HostPort host;
  private final ConnectionSettings settings;

  ConnectionFaults(HostPort host, ConnectionSettings settings) {
    this.host = host;
    this.settings = settings;
  }

  /** Why no connection came about: no statement was sent. */
  ClusterFailure connecting(Throwable thrown) {
    if (find(ClusterFailure.class, thrown).isPresent()) {
      return find(ClusterFailure.class, thrown).get();
    } else if (find(UnknownHostException.class, thrown).isPresent()) {
      return failure(
          Kind.UNKNOWN_HOST,
          "the name '" + host.host() + "' does not resolve. Check its spelling and the DNS.",
          thrown);
    } else if (find(ConnectTimeoutException.class, thrown).isPresent()
        || find(TimeoutException.class, thrown).isPresent()) {
      return failure(
          Kind.CONNECT_TIMEOUT,
          "no connection within "
              + seconds(settings.timeouts().connect())
              + ". Is a firewall between, or the node frozen? Is it "
              + port()
              + "?",
          thrown);
    } else if (find(CertificateException.class, thrown).isPresent()) {
      return certificate(thrown);
    } else if (find(NotSslRecordException.class, thrown).isPresent()) {
      return tlsRefused(thrown);
    } else if (find(SSLException.class, thrown).isPresent()) {
      return tlsFailed(deepest(thrown), thrown);
    } else if (find(ConnectException.class, thrown).isPresent()
        || find(NoRouteToHostException.class, thrown).isPresent()) {
      return failure(
          Kind.UNREACHABLE,
          "nobody listens there. Check host and port: is it " + port() + "? Is the node up?",
          thrown);
    } else if (isBreak(thrown) || find(VertxException.class, thrown).isPresent()) {
      return failure(
          Kind.UNREACHABLE, "it hung up at once. Is it " + port() + "? Is the node up?", thrown);
    }
    return notCrateDb("it does not speak the protocol", thrown);
  }

  private static String deepest(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof ClosedChannelException
        ? "it hung up"
        : String.valueOf(cause.getMessage());
  }

  /** What broke off while an answer was awaited. */
  ClusterFailure answering(Statement statement, Throwable thrown) {
    if (find(TimeoutException.class, thrown).isPresent()) {
      return failure(
          Kind.TIMEOUT,
          "no answer within "
              + seconds(settings.timeouts().answer(statement))
              + unsure(statement)
              + " Look at the cluster's health, or allow more time.",
          thrown);
    }
    return isBreak(thrown)
        ? failure(
            Kind.CONNECTION_LOST,
            "the connection broke before the answer came" + unsure(statement) + " Is the node up?",
            thrown)
        : notCrateDb("it does not speak the protocol", thrown);
  }

  /** True when a connection that was up has ended. */
  static boolean isBreak(Throwable thrown) {
    return find(IOException.class, thrown).isPresent()
        || find(ClosedConnectionException.class, thrown).isPresent()
        || find(HttpClosedException.class, thrown).isPresent()
        || find(StreamResetException.class, thrown).isPresent();
  }

  private static String unsure(Statement statement) {
    return statement.kind() == Statement.Kind.READ ? "." : "; the statement may have been applied.";
  }

  private static String seconds(Duration timeout) {
    return timeout.toMillis() / 1000.0 + " s";
  }

  /** An HTTP status without CrateDB's own words: something between us and it is in trouble. */
  ClusterFailure proxy(int status) {
    return failure(
        Kind.SERVER,
        "HTTP status "
            + status
            + " without a word of CrateDB. Is a proxy or load balancer in"
            + " between, and does it reach CrateDB?",
        null);
  }

  /** TLS was begun, and failed for another reason than the certificate. */
  ClusterFailure tlsFailed(String reason, Throwable thrown) {
    return failure(
        Kind.TLS,
        "TLS failed ("
            + reason
            + "). Does the server want a client certificate, or offer other TLS versions?",
        thrown);
  }

  /** The server wants no TLS. */
  ClusterFailure tlsRefused(Throwable thrown) {
    return failure(
        Kind.TLS,
        "the server speaks no TLS on this port. Enable TLS there, or connect without it ("
            + (settings.transport() == Transport.HTTP ? "http://" : "sslmode=disable")
            + ").",
        thrown);
  }

  /** Something answers, but something else. */
  ClusterFailure notCrateDb(String evidence, @Nullable Throwable thrown) {
    return failure(
        Kind.NOT_CRATEDB,
        "something answers, but it is no CrateDB (" + evidence + "). Is it " + port() + "?",
        thrown);
  }

  private ClusterFailure certificate(Throwable thrown) {
    String reason;
    if (find(CertificateExpiredException.class, thrown).isPresent()) {
      reason = "it has expired. Renew it.";
    } else if (find(CertPathBuilderException.class, thrown).isPresent()
        || find(CertPathValidatorException.class, thrown).isPresent()) {
      reason = "no trusted CA has signed it. Name the CA's file with sslrootcert=/ca.pem.";
    } else {
      reason =
          "it is not for host '"
              + host.host()
              + "'. Connect by a name that is in it, or use sslmode=verify-ca.";
    }
    return failure(Kind.CERTIFICATE, "the server's certificate is refused: " + reason, thrown);
  }

  private String port() {
    return "CrateDB's "
        + settings.transport().title()
        + " port (usually "
        + settings.transport().defaultPort()
        + ")";
  }

  private ClusterFailure failure(Kind kind, String sentence, @Nullable Throwable thrown) {
    return new ClusterFailure(kind, host + ": " + sentence, null, thrown);
  }

  /** The first of that type among the exception and its causes. */
  private static <T extends Throwable> Optional<T> find(Class<T> type, Throwable thrown) {
    return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
        .limit(20)
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst();
  }
}
