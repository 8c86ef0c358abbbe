package xmover.journal;

import org.jspecify.annotations.Nullable;

/**
 * The journal can't be read or written, or the lock is held by another run: one sentence says what,
 * where, and what to do.
 */
public final class JournalFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public JournalFailure(String message) {
    super(message);
  }

  public JournalFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
