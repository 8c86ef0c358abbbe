package xmover.hostile;

import cratesim.KnownFault;
import cratesim.Moment;
import cratesim.Wire;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** One command, and what strikes it. */
record Cell(Way way, List<Strike> strikes, Wire wire) {
  /** One fault at one moment. */
  record Strike(KnownFault fault, Moment moment) {
    @Override
    public String toString() {
      return fault + "@" + moment.name();
    }
  }

  Cell(Way way, KnownFault fault, Moment moment, Wire wire) {
    this(way, List.of(new Strike(fault, moment)), wire);
  }

  /** How it may end. */
  Set<KnownFault.End> ends() {
    Set<KnownFault.End> ends = EnumSet.noneOf(KnownFault.End.class);
    strikes.forEach(strike -> ends.addAll(strike.fault().ends()));
    return ends;
  }

  /** Whether somebody else sets the replicas to 2. */
  boolean isSetByOthers() {
    return strikes.stream().anyMatch(s -> s.fault().name().startsWith("setting-changed"));
  }

  @Override
  public String toString() {
    String all = strikes.stream().map(Strike::toString).collect(Collectors.joining(" + "));
    return way + " " + all + " " + wire;
  }
}
