package xmover.observe.web;

import xmover.cluster.HostPort;
import xmover.cluster.InvalidSettings;

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
   * @param option where it was written, for the sentence that refuses it
   */
  public static ServeAddress parse(String option, String text) {
    int colon = text.lastIndexOf(':');
    String host = colon <= 0 ? LOOPBACK : text.substring(0, colon);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    if (host.contains(":") && !bracketed) {
      throw new InvalidSettings(
          "%s %s: an IPv6 address stands in brackets, as in [::1]:8080".formatted(option, text));
    }
    return new ServeAddress(
        bracketed ? host.substring(1, host.length() - 1) : host,
        port(option, text, text.substring(colon + 1)));
  }

  private static int port(String option, String text, String number) {
    if (number.matches("\\d{1,5}") && Integer.parseInt(number) <= 65_535) {
      return Integer.parseInt(number);
    }
    throw new InvalidSettings(
        "%s %s: write a port from 0 to 65535, or host:port".formatted(option, text));
  }

  public boolean isLoopback() {
    return HostPort.isLoopback(host);
  }

  ServeAddress withPort(int other) {
    return new ServeAddress(host, other);
  }

  /** As in a URL: {@code [::1]:8080}. */
  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
