package xmover.live;

import java.time.Instant;

/**
 * An attempt to put replicas back that failed.
 *
 * @param attempt counted from 1
 * @param again when the next one begins
 */
record FailedRestore(int attempt, Instant again, String reason) {}
