package xmover.remedy;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import xmover.reset.Remedy;

/**
 * Which remedies an operator allows. They are tried in the order of {@link Remedy}, the gentlest
 * first, whatever the order they were named in.
 */
public record RemedyPolicy(Set<Remedy> allowed) {
  /** The gentlest that helps. */
  public static final RemedyPolicy AUTO =
      new RemedyPolicy(
          EnumSet.of(
              Remedy.FLUSH, Remedy.MOVE, Remedy.REBUILD, Remedy.REBUILD_ALONE, Remedy.RESET));

  /** The handbook's way alone. */
  public static final RemedyPolicy RESET = new RemedyPolicy(EnumSet.of(Remedy.RESET));

  public RemedyPolicy {
    allowed = Set.copyOf(allowed);
    if (allowed.isEmpty() || allowed.contains(Remedy.NONE)) {
      throw new IllegalArgumentException("a policy allows one remedy or more");
    }
  }

  /** These alone. */
  public static RemedyPolicy of(Collection<Remedy> remedies) {
    return new RemedyPolicy(Set.copyOf(remedies));
  }

  public boolean allows(Remedy remedy) {
    return allowed.contains(remedy);
  }

  /** What is left of it for a table below the thresholds: nothing that exposes it. */
  public Optional<RemedyPolicy> early() {
    Set<Remedy> gentle = EnumSet.of(Remedy.MOVE, Remedy.REBUILD);
    gentle.retainAll(allowed);
    return gentle.isEmpty() ? Optional.empty() : Optional.of(new RemedyPolicy(gentle));
  }

  /** Whether copies may be built anew, and with that those that CrateDB gave up on. */
  public boolean mends() {
    return allows(Remedy.MOVE) || allows(Remedy.REBUILD) || allows(Remedy.REBUILD_ALONE);
  }

  /** Whether a reset is all there is. */
  boolean isResetAlone() {
    return equals(RESET);
  }
}
