package xmover.hostile;

import cratesim.SimulatedCluster;
import cratesim.faults.FaultCatalogue;
import cratesim.faults.Faults;
import cratesim.faults.FaultyWire;
import cratesim.model.SqlError;
import cratesim.wire.TestCertificates;
import cratesim.wire.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import xmover.cli.Operator;
import xmover.cli.RunningCommand;
import xmover.cli.WiredCluster;
import xmover.environment.TestEnvironment;
import xmover.environment.TimeLapse;
import xmover.journal.file.LeftJournal;
import xmover.table.IndexUuid;
import xmover.table.TableIdentity;
import xmover.table.TableRef;

/** Runs a cell over real sockets: a command into its fault, and then the command that repairs. */
final class HostileRun {
  static final FaultCatalogue KNOWN = FaultCatalogue.load();

  private static final TableRef TABLE = TableRef.of("doc", "t");
  private static final String TO_ZERO = "^ALTER TABLE .* = '0'\\)";

  private static final long HEALED = 1 << 29;

  /** So many times as fast as time goes by; handshakes need some of it. */
  private static final int FACTOR = 60;

  private static final int FACTOR_OF_TLS = 20;

  /** In real time; whoever is not done by then will never be. */
  private static final int LONGEST_SECONDS = 40;

  private final Cell cell;
  private final Path home;
  private final int factor;
  private final TimeLapse lapse;
  private @Nullable TestCertificates certificates;

  HostileRun(Cell cell, Path home) {
    this.cell = cell;
    this.home = home;
    this.factor = cell.isOfTls() ? FACTOR_OF_TLS : FACTOR;
    this.lapse = new TimeLapse(factor);
  }

  Seen run() throws Exception {
    try (var cluster = new WiredCluster(home, "", cell.way().tables(), lapse)) {
      cluster.faults.speed(factor);
      Map<String, String> before = cluster.replicas();
      String uuid =
          (String)
              cluster
                  .rows("SELECT partition_uuid FROM sys.shards WHERE table_name = 't'")
                  .get(0)
                  .get(0);
      if (cell.way().begun) {
        leaveAtZero(cluster, uuid);
      }
      String url = cell.isOfTls() ? encrypted(cluster) : plain(cluster);
      var unjournalled = new AtomicBoolean();
      var unused =
          cluster.log.nth(TO_ZERO, 1).thenAccept(came -> unjournalled.set(!isJournalled()));
      List<Faults.Armed> armed =
          cell.strikes().stream().map(s -> cluster.faults.arm(s.fault(), s.moment())).toList();
      Operator.Outcome attacked = types(cell.way().typed(url));
      int fired = armed.stream().mapToInt(Faults.Armed::fired).sum();
      List<String> sent = cluster.log.matching("^(ALTER|SET|RESET|OPTIMIZE|CREATE|DROP|INSERT)");
      var stranger = cluster.faults.stranger().map(other -> ((SimulatedCluster) other).replicas());
      Map<String, String> after = cluster.replicas();
      cluster.faults.end();
      if (cell.isOfTls()) {
        restart(cluster, certificates.localhost());
      }
      boolean sick = isSick(cluster, uuid);
      Operator.Outcome repaired =
          types("resume", "--takeover", "--connect", url, "--journal", "j.jsonl");
      return new Seen(
          cell,
          uuid,
          fired,
          unjournalled.get()
              ? List.of("an ALTER to 0 came before its original was in the journal")
              : List.of(),
          before,
          attacked,
          sent,
          stranger.orElse(Map.of()),
          after,
          sick,
          repaired,
          cluster.replicas());
    }
  }

  private String plain(WiredCluster cluster) {
    return cell.wire() == FaultyWire.PG ? cluster.pg() : cluster.http();
  }

  /** The address of a server whose certificate is right, and goes wrong by a fault. */
  private String encrypted(WiredCluster cluster) throws Exception {
    certificates = TestCertificates.in(home);
    restart(cluster, certificates.localhost());
    cluster.faults.outside(
        what -> {
          switch (what) {
            case CERTIFICATE_EXPIRED -> cluster.restart(certificates.expired());
            case CERTIFICATE_OF_ANOTHER -> cluster.restart(certificates.elsewhere());
            default -> cluster.restart(null);
          }
        });
    return cell.wire() == FaultyWire.PG
        ? cluster.pg() + "?sslmode=verify-full&sslrootcert=" + certificates.authorityCertificate()
        : cluster.http().replace("http:", "https:")
            + "?sslrootcert="
            + certificates.authorityCertificate();
  }

  private static void restart(WiredCluster cluster, Tls tls) throws TimeoutException {
    cluster.restart(tls).await(10, TimeUnit.SECONDS);
  }

  /** By what the cluster shows to nobody who asks over a wire. */
  private static boolean isSick(WiredCluster cluster, String uuid) throws SqlError {
    String largest =
        "SELECT max(translog_stats['uncommitted_size']) FROM sys.shards WHERE partition_uuid = $1"
            + " AND NOT \"primary\"";
    return cluster.rows(largest, uuid).get(0).get(0) instanceof Number bytes
        && bytes.longValue() > HEALED;
  }

  private void leaveAtZero(WiredCluster cluster, String uuid) throws Exception {
    String id = (String) cluster.rows("SELECT id FROM sys.cluster").get(0).get(0);
    LeftJournal.write(
        home.resolve("j.jsonl"),
        TABLE,
        new TableIdentity(id, IndexUuid.in(uuid).orElseThrow()),
        cell.way().replicas,
        lapse.instant());
    cluster.rows("ALTER TABLE doc.t SET (number_of_replicas = '0')");
  }

  private boolean isJournalled() {
    try {
      return Files.readString(home.resolve("j.jsonl")).contains("\"" + cell.way().replicas + "\"");
    } catch (IOException none) {
      return false;
    }
  }

  private Operator.Outcome types(String... words) throws InterruptedException, ExecutionException {
    var around = new TestEnvironment(home).with(lapse);
    var exit = RunningCommand.start(around, words).exit();
    int code = exit.completeOnTimeout(Seen.HANGS, LONGEST_SECONDS, TimeUnit.SECONDS).get();
    return new Operator.Outcome(code, around.out(), around.err());
  }
}
