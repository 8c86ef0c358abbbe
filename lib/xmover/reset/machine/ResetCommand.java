package xmover.reset.machine;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;

/** What is to be done next for a table whose reset is under way. */
public sealed interface ResetCommand {
  /** Has it done. What came of it is an event; without one the next command of the list follows. */
  Future<Optional<ResetEvent>> by(Steps steps);

  /** Those who do it. */
  interface Steps {
    /**
     * Empty once the journal has it; {@link ResetEvent.JournalFailed} where it can't be written.
     */
    Future<Optional<ResetEvent>> writeAhead();

    void writeBehind();

    Future<ResetEvent> readSetting();

    Future<ResetEvent> setZero();

    Future<ResetEvent> look(Look look);

    Future<ResetEvent> restore(Restore restore);
  }

  /** Write the journal; nothing that comes after it is done before it is written. */
  record WriteAhead() implements ResetCommand {
    @Override
    public Future<Optional<ResetEvent>> by(Steps steps) {
      return steps.writeAhead();
    }
  }

  /**
   * Write the journal, and go on meanwhile: a journal that hangs or fails must not hold up what
   * makes the table safe again.
   */
  record WriteBehind() implements ResetCommand {
    @Override
    public Future<Optional<ResetEvent>> by(Steps steps) {
      steps.writeBehind();
      return Future.succeededFuture(Optional.empty());
    }
  }

  /** Read the table's setting and its number of primaries from the catalogue. */
  record ReadSetting() implements ResetCommand {
    @Override
    public Future<Optional<ResetEvent>> by(Steps steps) {
      return steps.readSetting().map(Optional::of);
    }
  }

  /** Set the replicas to 0, and read back until it shows. */
  record SetZero() implements ResetCommand {
    @Override
    public Future<Optional<ResetEvent>> by(Steps steps) {
      return steps.setZero().map(Optional::of);
    }
  }

  /**
   * Look at the leases.
   *
   * @param after how long to wait before
   * @param sync whether to ask CrateDB for a lease sync first
   */
  record Look(Duration after, boolean sync) implements ResetCommand {
    @Override
    public Future<Optional<ResetEvent>> by(Steps steps) {
      return steps.look(this).map(Optional::of);
    }
  }

  /**
   * Restore the original setting, for as long as it takes.
   *
   * @param zero what is known of the ALTERs to 0
   * @param justSeen whether the table was seen at 0, under the name it has, this very moment
   * @param commit whether the primaries are to commit first, so that their copies are built from
   *     files: an operation that no replica can replay would leave a copy UNASSIGNED for good
   */
  record Restore(ZeroAlter zero, boolean justSeen, boolean commit) implements ResetCommand {
    @Override
    public Future<Optional<ResetEvent>> by(Steps steps) {
      return steps.restore(this).map(Optional::of);
    }
  }
}
