package xmover.table;

/**
 * A bug of CrateDB that makes replicas keep their translog, in a version that runs here.
 *
 * @param fixedIn the first version of this release line without it, {@code 6.0.4}
 * @param text what triggers it
 */
public record KnownBug(String fixedIn, String text) {}
