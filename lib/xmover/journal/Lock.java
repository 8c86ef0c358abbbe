package xmover.journal;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Optional;

/** The right to work on a cluster, held by one run at a time. */
public interface Lock {
  /** Keeps nobody out: for a cluster that nobody else can reach. */
  Lock NONE =
      new Lock() {
        @Override
        public Future<Void> release() {
          return Future.succeededFuture();
        }

        @Override
        public Optional<String> takenFrom() {
          return Optional.empty();
        }
      };

  /** Lets the next run in. Always succeeds once it is over; asked again it does nothing. */
  Future<Void> release();

  /**
   * Completes when somebody else took it meanwhile, with who that is, in words. Two runs must not
   * set tables to 0 beside each other.
   */
  default Future<String> lost() {
    return Promise.<String>promise().future();
  }

  /** Who held it when it was taken over, in words; empty when it was free. */
  Optional<String> takenFrom();
}
