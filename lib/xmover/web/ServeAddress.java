package xmover.web;

import xmover.cluster.connection.HostPort;
import xmover.cluster.connection.InvalidSettings;

/**
 * Where a status server listens.
 *
 * @param port 0 for any free one
 */
public record ServeAddress(String host, int port) {
  private static final String LOOPBACK = "127.0.0.1";

  /**
   * Reads {@code port}, {@code host:port} or {@code [::1]:port}; without a host it is this machine.
   *
   * @throws InvalidSettings with a sentence for the operator
   */
  public static ServeAddress parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon <= 0 ? LOOPBACK : text.substring(0, colon);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    if (host.contains(":") && !bracketed) {
      throw new InvalidSettings(
          "'%s': an IPv6 address stands in brackets, as in [::1]:8080".formatted(text));
    }
    return new ServeAddress(
        bracketed ? host.substring(1, host.length() - 1) : host,
        port(text, text.substring(colon + 1)));
  }

  private static int port(String text, String number) {
    if (number.matches("\\d{1,5}") && Integer.parseInt(number) <= 65_535) {
      return Integer.parseInt(number);
    }
    throw new InvalidSettings(
        "'%s' is no place to listen: write a port from 0 to 65535, or host:port".formatted(text));
  }

  public boolean isLoopback() {
    return HostPort.isLoopback(host);
  }

  ServeAddress withPort(int other) {
    return new ServeAddress(host, other);
  }

  /** For who is on this machine; a server that listens everywhere listens on loopback, too. */
  public String url() {
    return switch (host) {
      case "0.0.0.0" -> "http://" + new ServeAddress(LOOPBACK, port);
      case "::" -> "http://" + new ServeAddress("::1", port);
      default -> "http://" + this;
    };
  }

  /** As in a URL: {@code [::1]:8080}. */
  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
