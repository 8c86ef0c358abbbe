package xmover.real;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import xmover.cli.Operator;
import xmover.cluster.connection.ConnectionSettings;
import xmover.cluster.connection.Transport;

/** Types xmover commands that connect to the real CrateDB. */
final class RealOperator {
  private RealOperator() {}

  /** Types words that blanks separate, to be sent to this address. */
  static Operator.Outcome types(Path home, String url, String words) {
    return Operator.types(home, (words + " --connect " + url).split(" "));
  }

  /**
   * @param words the command and its options, separated by blanks
   * @param more further words, which may have blanks
   */
  static Operator.Outcome types(
      Path home, RealCluster cluster, Transport transport, String words, String... more) {
    return Operator.types(
        home,
        Stream.of(
                List.of(words.split(" ")),
                List.of(more),
                List.of("--connect", url(cluster.settings(transport))))
            .flatMap(List::stream)
            .toArray(String[]::new));
  }

  private static String url(ConnectionSettings settings) {
    boolean pg = settings.transport() == Transport.POSTGRESQL;
    return "%s://%s@%s%s"
        .formatted(
            pg ? "postgresql" : settings.tls().encrypts() ? "https" : "http",
            settings.credentials().user(),
            settings.hosts().get(0),
            pg ? "/doc" : "");
  }
}
