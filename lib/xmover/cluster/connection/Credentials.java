package xmover.cluster.connection;

import java.util.Optional;

/**
 * Who connects; CrateDB trusts some users without a password.
 *
 * @param isToken whether it is a JSON web token, which proves who connects without a password
 */
public record Credentials(String user, Optional<Secret> password, boolean isToken) {
  /** CrateDB's superuser. */
  public static final String DEFAULT_USER = "crate";

  public Credentials {
    if (user.isEmpty()) {
      throw new IllegalArgumentException("a user has a name");
    }
  }

  public Credentials(String user, Optional<Secret> password) {
    this(user, password, false);
  }

  /** A user without a password. */
  public static Credentials of(String user) {
    return new Credentials(user, Optional.empty());
  }
}
