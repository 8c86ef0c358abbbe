package xmover.hostile;

import cratesim.faults.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import xmover.remedy.RemedyPolicy;
import xmover.reset.Remedy;
import xmover.run.RunOptions;
import xmover.run.SteppedRun;
import xmover.table.TableRef;

/** What an operator types into the fault, and what of it was begun before. */
enum Way {
  RESET("before zero wait restore recovery", false, "1", "reset doc.t --yes"),
  MOVE("before move wait recovery", false, "1", "heal --table doc.t --remedy move"),
  REBUILD("before move recovery", false, "2", "heal --table doc.t --remedy rebuild"),
  AUTO("before move wait recovery", false, "1", "heal --table doc.t --remedy auto"),
  RESUME("before restore recovery", true, "1", "resume"),
  RESTORE("before restore", true, "1", "restore doc.t");

  private static final String TABLES =
      """
      {"name": "doc.t", "shards": 1, "replicas": "%s", "size": "1gb", "sick": {"translog": "2gb"}},
      {"name": "doc.z", "shards": 1, "replicas": "1", "sick": {"translog": "2gb"}}
      """;

  /** Whether a run before it left the table at 0. */
  final boolean begun;

  final String replicas;
  private final String moments;
  private final String words;

  Way(String moments, boolean begun, String replicas, String words) {
    this.moments = moments;
    this.begun = begun;
    this.replicas = replicas;
    this.words = words;
  }

  /** As an operator would say it. */
  String told() {
    return "`" + words.replace(" --yes", "") + "`";
  }

  /** Those it comes by. */
  List<Moment> moments() {
    return Stream.of(moments.split(" ")).map(HostileRun.KNOWN::moment).toList();
  }

  /** In the words of a scenario file. */
  String tables() {
    return TABLES.formatted(replicas);
  }

  /** Does it in stepped time, with the limits of {@link #typed}. */
  SteppedRun.Ended in(SteppedRun run, List<TableRef> tables) {
    return switch (this) {
      case RESET, MOVE, REBUILD, AUTO -> run.heal(tables);
      case RESUME -> run.resume();
      case RESTORE -> run.restore();
    };
  }

  RunOptions options() {
    RunOptions limited =
        RunOptions.DEFAULT.maxWait(Duration.ofSeconds(120)).waitRecovery(Duration.ofSeconds(120));
    return switch (this) {
      case RESET, RESUME, RESTORE -> limited;
      case MOVE -> limited.remedy(RemedyPolicy.of(List.of(Remedy.MOVE)));
      case REBUILD -> limited.remedy(RemedyPolicy.of(List.of(Remedy.REBUILD)));
      case AUTO -> limited.remedy(RemedyPolicy.AUTO);
    };
  }

  /** With timeouts that a test can wait for. */
  String[] typed(String url) {
    var all = new ArrayList<>(List.of(words.split(" ")));
    all.addAll(List.of("--connect", url, "--journal", "j.jsonl", "--log-format", "json"));
    // The first handshakes of a process take long, on a busy machine even more.
    String connecting = url.contains("sslrootcert") ? "5s" : "300ms";
    all.addAll(List.of("--connect-timeout", connecting, "--read-timeout", "300ms"));
    all.addAll(List.of("--alter-timeout", "400ms"));
    if (!begun) {
      all.addAll(List.of("--max-wait", "120s"));
    }
    if (this != RESTORE) {
      all.addAll(List.of("--recovery-timeout", "120s"));
    }
    return all.toArray(String[]::new);
  }
}
