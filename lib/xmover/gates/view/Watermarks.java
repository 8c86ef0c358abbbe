package xmover.gates.view;

/**
 * The watermarks of the disk.
 *
 * @param low above it a node takes no new copy
 * @param high above it copies leave a node
 * @param flood above it tables with a copy on the node become read-only
 */
public record Watermarks(Watermark low, Watermark high, Watermark flood) {}
