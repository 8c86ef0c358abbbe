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

  @Override
  public Future<Optional<String>> ask(Remedy remedy) {
    Answer last = answers.get(remedy);
    return last != null && timers.now().isBefore(last.given().plus(FRESH))
        ? Future.succeededFuture(last.refusal())
        : gates
            .ask(remedy)
            .onSuccess(refusal -> answers.put(remedy, new Answer(refusal, timers.now())));
  }
}
