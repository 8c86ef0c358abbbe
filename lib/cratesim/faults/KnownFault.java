package cratesim.faults;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A fault with a name, of the list that is shipped.
 *
 * @param sentence what an operator would be told who rehearses it
 * @param statements found in those that it hits once it has begun; those of its moment when null
 * @param times how many of them, {@link #EVER} for all
 * @param wires on which it exists
 * @param moments at which it makes sense, the most usual first
 * @param ends what may have become of a run and its tables
 */
public record KnownFault(
    String name,
    Family family,
    String sentence,
    Fault.Effect effect,
    @Nullable Pattern statements,
    int times,
    Set<FaultyWire> wires,
    List<Moment> moments,
    Set<End> ends) {
  public static final int EVER = Integer.MAX_VALUE;

  /** What it befalls. */
  public enum Family {
    WIRE,
    STATEMENT,
    CLUSTER,
    TABLE,
    /** What lies around the cluster: names, certificates, the client's clock. For tests alone. */
    OUTSIDE
  }

  /** What may have become of a run and its tables. */
  public enum End {
    /** The run healed what it was to heal. */
    HEALED,
    /** The run failed, and every table has its setting. */
    PUT_BACK,
    /** The run left an entry in the journal that resume repairs once the fault is gone. */
    UNFINISHED,
    /** Nothing was changed. */
    REFUSED,
    /** The table is proven to be dropped. */
    GONE
  }

  /** The rule that it is when it begins at a moment. */
  public Fault at(Moment moment) {
    Pattern hit = statements == null ? moment.statement() : statements;
    return new Fault(moment, wires, hit, 1, times, effect);
  }

  /** Whether it stays once it has begun. */
  public boolean isSticky() {
    return times == EVER;
  }

  @Override
  public String toString() {
    return name;
  }
}
