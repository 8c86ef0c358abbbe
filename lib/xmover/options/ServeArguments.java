package xmover.options;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import xmover.environment.Environment;
import xmover.web.Access;
import xmover.web.ServeAddress;
import xmover.web.Token;

/** Where a status server listens, and the token it asks for. */
@Command
final class ServeArguments {
  @Option(
      names = "--serve",
      paramLabel = "[HOST:]PORT",
      description =
          "Show over HTTP how it stands: a live page, /health/live, /health/ready, /metrics,"
              + " /api/status and /api/events; a run takes orders there from xmover ctl. On this"
              + " machine only, unless $XMOVER_TOKEN_FILE or $XMOVER_TOKEN has a token that must be"
              + " shown. Port 0 is any free one.")
  private @Nullable ServeAddress address;

  boolean isAsked() {
    return address != null;
  }

  /** Empty when nothing is to be served; refuses one that others can reach without a token. */
  Optional<ServeAddress> address(Environment environment) {
    Optional<ServeAddress> asked = Optional.ofNullable(address);
    asked.ifPresent(place -> Access.to(place, token(environment), Optional.empty()));
    return asked;
  }

  /** The one in the environment. */
  Optional<Token> token(Environment environment) {
    return Token.in(environment.variables(), environment::textOf);
  }
}
