package xmover.sim.sql;

import java.util.Collection;
import java.util.function.Supplier;

/** Rows with named attributes: a system table, or the result of a query in a FROM clause. */
public record Relation(Collection<Attribute> attributes, Supplier<? extends Iterable<?>> rows) {}
