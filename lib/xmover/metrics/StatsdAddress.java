package xmover.metrics;

import xmover.cluster.connection.HostPort;

/** Where a StatsD server listens for UDP. */
public record StatsdAddress(HostPort server) {
  /**
   * Reads {@code host:port} or {@code [::1]:port}.
   *
   * @throws IllegalArgumentException with a sentence for the operator
   */
  public static StatsdAddress of(String text) {
    int colon = text.lastIndexOf(':');
    String host = text.substring(0, Math.max(0, colon));
    String port = text.substring(colon + 1);
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    if ((host.contains(":") && !bracketed) || !port.matches("\\d{1,5}") || host.matches("\\s*")) {
      throw refused(text);
    }
    try {
      String name = bracketed ? host.substring(1, host.length() - 1) : host;
      return new StatsdAddress(new HostPort(name, Integer.parseInt(port)));
    } catch (IllegalArgumentException outOfRange) {
      throw refused(text);
    }
  }

  private static IllegalArgumentException refused(String text) {
    return new IllegalArgumentException("'" + text + "' is no host:port like 127.0.0.1:8125");
  }
}
