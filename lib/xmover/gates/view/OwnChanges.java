package xmover.gates.view;

import java.util.List;
import xmover.reset.RunListener;

/** What a run changed itself, for its gates to take into account. */
public record OwnChanges(SentStatements sent, DroppedCopies dropped) {
  /** Of a run that begins. */
  public OwnChanges() {
    this(new SentStatements(), new DroppedCopies());
  }

  /** Both have to be told what the run does. */
  public List<RunListener> listeners() {
    return List.of(sent, dropped);
  }
}
