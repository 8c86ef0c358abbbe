package xmover.reset;

/**
 * One look at copies that are being built.
 *
 * @param copies how many there are to be, primaries included
 * @param started how many are STARTED
 * @param percent how much of the bytes to copy is there, from 0 to 100
 */
public record RecoveryReading(long copies, long started, double percent) {}
