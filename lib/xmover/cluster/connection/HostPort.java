package xmover.cluster.connection;

import java.util.Locale;

/** Where a CrateDB node listens. */
public record HostPort(String host, int port) {
  public HostPort {
    if (host.isEmpty() || port < 1 || port > 65535) {
      throw new IllegalArgumentException("no host and port: '" + host + "' " + port);
    }
  }

  /** True when what is sent to it never leaves this machine. Names are not resolved. */
  public boolean isLoopback() {
    return isLoopback(host);
  }

  /** True for a host that is this machine and nothing else. Names are not resolved. */
  public static boolean isLoopback(String host) {
    return host.toLowerCase(Locale.ROOT).equals("localhost")
        || host.equals("::1")
        || host.matches("127(\\.\\d{1,3}){3}");
  }

  /** As in a URL: {@code [::1]:5432}. */
  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
