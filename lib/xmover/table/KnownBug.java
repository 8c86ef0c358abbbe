package xmover.table;

import java.util.Optional;

/**
 * A bug of CrateDB that makes replicas keep their translog, in a version that runs here.
 *
 * @param fixedIn the first version of this release line without it, {@code 6.0.4}; empty where no
 *     version is known
 * @param text what triggers it
 * @param help what keeps it away without another version; may be empty
 */
public record KnownBug(Optional<String> fixedIn, String text, String help) {
  /** One that an upgrade ends. */
  public KnownBug(String fixedIn, String text) {
    this(Optional.of(fixedIn), text, "");
  }
}
