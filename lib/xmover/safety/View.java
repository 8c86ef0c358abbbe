package xmover.safety;

/** All that is known at the moment a table is judged. */
public record View(ClusterView cluster, TableView table) {}
