package cratesim.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A data node. */
public final class SimNode {
  public enum State {
    /** Answers. */
    UP,
    /** Stopped but not gone: the others wait for it. */
    FROZEN,
    /** Left the cluster. */
    DOWN
  }

  private final String id;
  private final String name;
  private final String address;
  private SimVersion version;
  private final Map<String, String> attributes;
  private final long diskSize;
  private final @Nullable Long shownDisk;
  private State state = State.UP;
  private long shards;
  private long others;

  public SimNode(
      String id,
      String name,
      String address,
      SimVersion version,
      Map<String, String> attributes,
      long diskSize,
      @Nullable Long shownDisk) {
    this.id = id;
    this.name = name;
    this.address = address;
    this.version = version;
    this.attributes = Map.copyOf(attributes);
    this.diskSize = diskSize;
    this.shownDisk = shownDisk;
  }

  public String id() {
    return id;
  }

  public String name() {
    return name;
  }

  /** The IP address that the others know it by. */
  public String address() {
    return address;
  }

  public SimVersion version() {
    return version;
  }

  /** It runs another version from now on. */
  public void upgrade(SimVersion other) {
    version = other;
  }

  /** What {@code node.attr} says in its configuration file. */
  public Map<String, String> attributes() {
    return attributes;
  }

  /** A figure of its disk as others see it, who may have none of it. */
  public long shown(long figure) {
    return shownDisk == null ? figure : shownDisk;
  }

  public long diskSize() {
    return diskSize;
  }

  /** Bytes used on its disk, by shards and by others. */
  public long diskUsed() {
    return shards + others;
  }

  public long diskFree() {
    return diskSize - diskUsed();
  }

  /** Takes down that shards need more or, below zero, fewer bytes now. */
  void countBytes(long more) {
    shards += more;
  }

  /** Lets so many bytes be used now; what the shards do not need belongs to others. */
  public void useDisk(long bytes) {
    if (bytes < shards || bytes > diskSize) {
      throw new IllegalArgumentException(
          "the disk of node %s can't have %d bytes used: its shards need %d, it has %d"
              .formatted(name, bytes, shards, diskSize));
    }
    others = bytes - shards;
  }

  public State state() {
    return state;
  }

  public void become(State next) {
    state = next;
  }

  public boolean isUp() {
    return state == State.UP;
  }
}
