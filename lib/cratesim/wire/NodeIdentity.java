package cratesim.wire;

/** What a node says of itself before any statement: {@code GET /} and {@code crate_version}. */
public record NodeIdentity(String cluster, String node, String version) {}
