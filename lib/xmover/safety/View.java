package xmover.safety;

/** All that is known at the moment a table is judged. */
public record View(HealthView health, ClusterView cluster, TableView table) {}
