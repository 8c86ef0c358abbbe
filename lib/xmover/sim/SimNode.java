package xmover.sim;

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
  private final long diskSize;
  private State state = State.UP;

  SimNode(String id, String name, long diskSize) {
    this.id = id;
    this.name = name;
    this.diskSize = diskSize;
  }

  String id() {
    return id;
  }

  String name() {
    return name;
  }

  long diskSize() {
    return diskSize;
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
