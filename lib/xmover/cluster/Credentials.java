package xmover.cluster;

import java.util.Optional;

/** Who connects; CrateDB trusts some users without a password. */
public record Credentials(String user, Optional<Secret> password) {
  /** CrateDB's superuser. */
  public static final String DEFAULT_USER = "crate";

  public Credentials {
    if (user.isEmpty()) {
      throw new IllegalArgumentException("a user has a name");
    }
  }

  /** A user without a password. */
  public static Credentials of(String user) {
    return new Credentials(user, Optional.empty());
  }
}
