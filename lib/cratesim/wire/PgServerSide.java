package cratesim.wire;

import org.jspecify.annotations.Nullable;

/** What all connections of a PostgreSQL server share. */
record PgServerSide(StatementRunner runner, NodeIdentity node, @Nullable Tls tls) {}
