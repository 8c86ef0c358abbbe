package cratesim.model;

import cratesim.scenario.Scenario;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The statements that run, and the last 10,000 that ended: those of the scenario and those that
 * clients sent.
 */
public final class JobLog {
  private static final int KEPT = 10_000;

  /**
   * A statement.
   *
   * @param kind as {@code classification} has it: SELECT, DDL, …
   * @param ended milliseconds since 1970, {@link Seconds#NEVER} while it runs
   */
  public record Job(
      String id,
      int session,
      String user,
      String statement,
      String kind,
      long started,
      long ended,
      @Nullable String error) {
    public Job ended(long time, @Nullable String problem) {
      return new Job(id, session, user, statement, kind, started, time, problem);
    }
  }

  private final Random random;
  private final List<Job> ofScenario = new ArrayList<>();
  private final Deque<Job> done = new ArrayDeque<>();
  private final Deque<Job> running = new ArrayDeque<>();
  private int sessions;

  public JobLog(long seed) {
    random = new Random(seed);
  }

  public void add(Scenario.JobSpec spec, long now) {
    long begins = now + Math.round(spec.begins() * 1000);
    ofScenario.add(
        job(spec.user(), spec.statement(), begins)
            .ended(begins + Seconds.millis(spec.seconds()), spec.error()));
  }

  /** To be called as a statement begins; a statement may run inside another's time. */
  public void begins(String user, String statement, long now) {
    running.push(job(user, statement, now));
  }

  /** To be called as the statement ends that began last. */
  public void ends(long now, @Nullable String error) {
    if (done.size() == KEPT) {
      done.removeFirst();
    }
    done.addLast(running.pop().ended(now, error));
  }

  private Job job(String user, String statement, long started) {
    String id = new UUID(random.nextLong(), random.nextLong()).toString();
    return new Job(id, ++sessions, user, statement, kind(statement), started, Seconds.NEVER, null);
  }

  private static String kind(String statement) {
    String text = statement.stripLeading();
    int end = 0;
    while (end < text.length() && Character.isLetter(text.charAt(end))) {
      end++;
    }
    String verb = text.substring(0, end).toUpperCase(Locale.ROOT);
    return switch (verb) {
      case "SELECT", "INSERT", "UPDATE", "DELETE" -> verb;
      case "CREATE", "DROP", "OPTIMIZE", "REFRESH" -> "DDL";
      case "ALTER" -> text.toUpperCase(Locale.ROOT).contains(" REROUTE ") ? "MANAGEMENT" : "DDL";
      default -> "MANAGEMENT";
    };
  }

  public List<Job> running(long now) {
    List<Job> jobs = new ArrayList<>(running);
    ofScenario.stream().filter(job -> job.started <= now && now < job.ended).forEach(jobs::add);
    return jobs;
  }

  public List<Job> ended(long now) {
    List<Job> jobs = new ArrayList<>(done);
    ofScenario.stream().filter(job -> job.ended <= now).forEach(jobs::add);
    return jobs;
  }
}
