package xmover.table;

/** A table or partition at one moment: its settings and its shard copies. */
public record TableState(Relation relation, ShardTotals totals) {}
