package xmover.monitor;

import xmover.table.Bytes;

/**
 * The disk of a node as those see it who watch it fill.
 *
 * @param free bytes that are free for CrateDB
 * @param left how many of them may be taken until it reaches its next watermark
 * @param watermark which one that is, in words
 */
public record NodeRoom(String node, Bytes free, Bytes left, String watermark) {}
