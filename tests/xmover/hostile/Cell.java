package xmover.hostile;

import cratesim.KnownFault;
import cratesim.Moment;
import cratesim.Wire;

/** One fault at one moment of one run. */
record Cell(Way way, KnownFault fault, Moment moment, Wire wire) {
  @Override
  public String toString() {
    return "%s %s@%s %s".formatted(way, fault, moment.name(), wire);
  }
}
