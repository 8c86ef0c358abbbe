package xmover.remedy;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import xmover.environment.Timers;
import xmover.reset.GentlerRemedy.Permit;
import xmover.reset.Remedy;

/** What the gates said of a table, as long as it is not old: they look at more than one copy. */
final class FreshPermit implements Permit {
  private static final Duration FRESH = Duration.ofSeconds(30);

  private final Permit gates;
  private final Timers timers;
  private final Map<Remedy, Answer> answers = new EnumMap<>(Remedy.class);

  private record Answer(Optional<String> refusal, Instant given) {}

  FreshPermit(Permit gates, Timers timers) {
    this.gates = gates;
    this.timers = timers;
  }

  /** Before a copy is dropped the gates are asked in any case. */
  private static boolean drops(Remedy remedy) {
    return remedy == Remedy.REBUILD || remedy == Remedy.REBUILD_ALONE;
  }

  @Override
  public Future<Optional<String>> ask(Remedy remedy) {
    Answer last = answers.get(remedy);
    if (last != null && isFresh(last) && !drops(remedy) && !gates.isHeld()) {
      return Future.succeededFuture(last.refusal());
    }
    return gates
        .ask(remedy)
        .onSuccess(refusal -> answers.put(remedy, new Answer(refusal, timers.now())));
  }

  @Override
  public boolean isUnread() {
    return gates.isUnread();
  }

  private boolean isFresh(Answer answer) {
    return timers.now().isBefore(answer.given().plus(FRESH));
  }
}
