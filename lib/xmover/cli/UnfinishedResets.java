package xmover.cli;

import xmover.reset.Unfinished;

/** The journal holds resets that were not ended, and the run was told not to go on with them. */
final class UnfinishedResets extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnfinishedResets(Unfinished unfinished) {
    super(
        "%d resets of earlier runs are unfinished, first %s; nothing new was begun. See: xmover"
                .formatted(unfinished.entries().size(), unfinished.entries().get(0).table())
            + " status; go on with them: xmover resume");
  }
}
