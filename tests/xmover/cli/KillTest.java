package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import xmover.sim.Fault;
import xmover.sim.Faults;
import xmover.sim.Scenario;
import xmover.sim.SimulatedCluster;
import xmover.sim.SqlError;
import xmover.sim.StatementLog;
import xmover.sim.wire.NodeIdentity;
import xmover.sim.wire.SimulatedServer;

/**
 * The real process dies at each statement of a reset, over the real wire: the statement was
 * executed and its answer never came. What is left is the journal.
 */
class KillTest {
  private static final String SETTINGS =
      "SELECT table_name, '' AS ident, number_of_replicas FROM information_schema.tables"
          + " WHERE table_schema IN ('doc', 'curvo', 'Mixed', 'blob') UNION ALL"
          + " SELECT table_name, partition_ident, number_of_replicas"
          + " FROM information_schema.table_partitions ORDER BY 1, 2";

  /** What a reset sends about one table with lease sync on request; each is a moment to die. */
  private static final int STATEMENTS = 8;

  /** The same with the handbook's wait: no sync, and looks until the leases are gone. */
  private static final int HANDBOOK_STATEMENTS = 7;

  @TempDir private Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final Faults faults = new Faults();
  private final StatementLog log = new StatementLog(InstantSource.system());
  private SimulatedCluster crate;
  private SimulatedServer server;
  private List<List<Object>> original;

  @BeforeEach
  void start() throws SqlError {
    Scenario drill = Scenario.load("drill?tick=1&recovery=0.1");
    crate = new SimulatedCluster(drill, InstantSource.system());
    var node = new NodeIdentity("drill", drill.nodes().get(0), drill.version());
    server =
        Toolkit.await(
            SimulatedServer.start(
                vertx, crate, SimulatedServer.Settings.anyPort(node), faults, log));
    original = settings();
  }

  @AfterEach
  void stop() {
    faults.release();
    Toolkit.await(vertx.close());
  }

  /** Which table, by words found in each of its statements; where the journal is; how it waits. */
  private record Death(
      String table, String words, String journal, String leaseSync, int statement) {}

  static Stream<Death> deaths() {
    return Stream.concat(
        stops(),
        Stream.concat(
            moments("curvo.*", "08732dpg6orj8d9m60o30c1g00|NULL\\)", "file", "auto", STATEMENTS),
            moments("Mixed.*", "CamelCase[\"']", "file", "off", HANDBOOK_STATEMENTS)));
  }

  /** Each statement once with the journal in a file, once with it in the cluster. */
  static Stream<Death> stops() {
    return Stream.concat(
        moments("doc.events", "events[\"']", "file", "auto", STATEMENTS),
        moments("doc.sessions", "sessions[\"']", "cluster", "auto", STATEMENTS));
  }

  private static Stream<Death> moments(
      String table, String words, String journal, String leaseSync, int statements) {
    return IntStream.rangeClosed(1, statements)
        .mapToObj(statement -> new Death(table, words, journal, leaseSync, statement));
  }

  @ParameterizedTest
  @MethodSource("deaths")
  void after_a_kill_resume_brings_every_setting_back(Death death) throws Exception {
    Process run = dieAt(death);
    run.destroyForcibly();
    assertTrue(run.waitFor(10, TimeUnit.SECONDS));
    faults.set();

    Process resume =
        xmover("resume", "--takeover", "--journal", journal(death), "--backoff", "fixed:300ms");
    assertTrue(resume.waitFor(60, TimeUnit.SECONDS), "resume does not end");
    assertEquals(original, settings(), () -> "killed at " + death + "\n" + said());
    assertEquals(0, resume.exitValue(), () -> said());
  }

  @ParameterizedTest
  @MethodSource("stops")
  void at_sigterm_every_setting_is_put_back_without_a_resume(Death death) throws Exception {
    Process run = dieAt(death);
    run.destroy();
    faults.set();
    faults.release();
    assertTrue(run.waitFor(60, TimeUnit.SECONDS), "does not end after SIGTERM");
    assertEquals(original, settings(), () -> "stopped at " + death + "\n" + said());
    assertEquals(143, run.exitValue(), () -> said());
  }

  /** A run whose nth statement about the table got no answer. */
  private Process dieAt(Death death) throws IOException {
    faults.set(Fault.on(death.words(), Fault.Disruption.HANG).nthTime(death.statement()));
    Process run =
        xmover(
            "problematic-translogs",
            "--autoexec",
            "--table",
            death.table(),
            "--lease-sync",
            death.leaseSync(),
            "--backoff",
            "fixed:300ms",
            "--journal",
            journal(death));
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (log.matching(death.words()).size() < death.statement()) {
      assertTrue(run.isAlive(), () -> "ended before its moment\n" + said());
      assertTrue(System.nanoTime() < deadline, () -> "never came to its moment\n" + said());
      Thread.onSpinWait();
    }
    return run;
  }

  private String journal(Death death) {
    return death.journal().equals("cluster") ? "cluster" : folder.resolve("j.jsonl").toString();
  }

  private Process xmover(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Operator.class.getName());
    command.addAll(List.of(arguments));
    command.addAll(
        List.of("--connect", "postgresql://crate@127.0.0.1:" + server.pgPort() + "/doc"));
    var process = new ProcessBuilder(command).redirectInput(Path.of("/dev/null").toFile());
    process.environment().put("XDG_STATE_HOME", folder.toString());
    Path said = folder.resolve("said");
    return process
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(said.toFile()))
        .start();
  }

  private String said() {
    try {
      return Files.readString(folder.resolve("said"));
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }

  private List<List<Object>> settings() throws SqlError {
    return crate.execute("crate", SETTINGS, List.of()).rows();
  }
}
