package xmover.hostile;

import cratesim.faults.Fault;
import cratesim.faults.FaultyWire;
import cratesim.faults.KnownFault;
import cratesim.faults.Moment;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** One command, and what strikes it. */
record Cell(Way way, List<Strike> strikes, FaultyWire wire) {
  private static final Set<Fault.Effect> OF_TLS =
      Set.of(
          Fault.Outside.CERTIFICATE_EXPIRED,
          Fault.Outside.CERTIFICATE_OF_ANOTHER,
          Fault.Outside.NO_TLS);

  /** One fault at one moment. */
  record Strike(KnownFault fault, Moment moment) {
    /** Whether it is still there when its statements have passed. */
    boolean stays() {
      Fault.Effect effect = fault.effect();
      return fault.isSticky()
          || effect instanceof Fault.Silence
          || effect instanceof Fault.Incident
          || effect instanceof Fault.Outside
          || effect == Fault.Disruption.OTHER_CLUSTER;
    }

    boolean isBeforeAnyChange() {
      return moment.name().equals("before");
    }

    @Override
    public String toString() {
      return fault + "@" + moment.name();
    }
  }

  Cell(Way way, KnownFault fault, Moment moment, FaultyWire wire) {
    this(way, List.of(new Strike(fault, moment)), wire);
  }

  /** How it may end: unfinished only if a fault stays, and if something was begun by then. */
  Set<KnownFault.End> ends() {
    Set<KnownFault.End> ends = EnumSet.noneOf(KnownFault.End.class);
    strikes.forEach(strike -> ends.addAll(strike.fault().ends()));
    boolean begun = way.begun || !strikes.stream().allMatch(Strike::isBeforeAnyChange);
    if (!begun || strikes.stream().noneMatch(Strike::stays)) {
      ends.remove(KnownFault.End.UNFINISHED);
    }
    return ends;
  }

  /** Whether a certificate that was right goes wrong, or TLS away. */
  boolean isOfTls() {
    return strikes.stream().map(strike -> strike.fault().effect()).anyMatch(OF_TLS::contains);
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
