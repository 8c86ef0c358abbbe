package cratesim;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A data node. */
final class SimNode {
  enum State {
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
  private CrateVersion version;
  private final Map<String, String> attributes;
  private final long diskSize;
  private final @Nullable Long shownDisk;
  private State state = State.UP;
  private long shards;
  private long others;

  SimNode(
      String id,
      String name,
      String address,
      CrateVersion version,
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

  String id() {
    return id;
  }

  String name() {
    return name;
  }

  /** The IP address that the others know it by. */
  String address() {
    return address;
  }

  CrateVersion version() {
    return version;
  }

  /** It runs another version from now on. */
  void upgrade(CrateVersion other) {
    version = other;
  }

  /** What {@code node.attr} says in its configuration file. */
  Map<String, String> attributes() {
    return attributes;
  }

  /** A figure of its disk as others see it, who may have none of it. */
  long shown(long figure) {
    return shownDisk == null ? figure : shownDisk;
  }

  long diskSize() {
    return diskSize;
  }

  /** Bytes used on its disk, by shards and by others. */
  long diskUsed() {
    return shards + others;
  }

  long diskFree() {
    return diskSize - diskUsed();
  }

  /** Takes down that shards need more or, below zero, fewer bytes now. */
  void countBytes(long more) {
    shards += more;
  }

  /** Lets so many bytes be used now; what the shards do not need belongs to others. */
  void useDisk(long bytes) {
    if (bytes < shards || bytes > diskSize) {
      throw new IllegalArgumentException(
          "the disk of node %s can't have %d bytes used: its shards need %d, it has %d"
              .formatted(name, bytes, shards, diskSize));
    }
    others = bytes - shards;
  }

  State state() {
    return state;
  }

  void become(State next) {
    state = next;
  }

  boolean isUp() {
    return state == State.UP;
  }
}
