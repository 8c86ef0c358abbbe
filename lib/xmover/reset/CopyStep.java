package xmover.reset;

import java.util.Optional;
import xmover.table.Bytes;

/**
 * What a gentler remedy does to one copy, as it was decided right before.
 *
 * @param node where the copy is
 * @param to where it goes; empty where it is built anew in its place
 * @param size of the shard, all of which may have to be copied; empty while it is not told
 * @param left how many copies of the shard are STARTED meanwhile
 */
public record CopyStep(
    Remedy remedy, long shard, String node, Optional<String> to, Optional<Bytes> size, long left) {}
