package xmover.reset;

import java.time.Instant;
import xmover.table.Bytes;
import xmover.table.TableRef;

/**
 * A table that an earlier run began, that may be at 0 replicas, and that this run leaves alone.
 *
 * @param size of its primaries; 0 while nobody sees them
 * @param since when it came to be at risk
 */
public record LeftTable(TableRef table, Bytes size, Instant since) {}
