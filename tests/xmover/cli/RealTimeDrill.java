package xmover.cli;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import xmover.cluster.Sql;
import xmover.sim.Fault;
import xmover.sim.Faults;
import xmover.sim.Scenario;
import xmover.sim.SimulatedCluster;
import xmover.sim.SqlError;
import xmover.sim.StatementLog;
import xmover.sim.wire.NodeIdentity;
import xmover.sim.wire.SimulatedServer;

/** The scenario drill in real time on its wire, for xmover in processes of its own. */
public final class RealTimeDrill implements AutoCloseable {
  private static final String SETTINGS =
      "SELECT table_name, '' AS ident, number_of_replicas FROM information_schema.tables"
          + " WHERE table_schema IN ('doc', 'curvo', 'Mixed', 'blob') UNION ALL"
          + " SELECT table_name, partition_ident, number_of_replicas"
          + " FROM information_schema.table_partitions ORDER BY 1, 2";

  public final Faults faults = new Faults();
  private final Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final StatementLog log = new StatementLog(InstantSource.system());
  private final SimulatedCluster crate;
  private final NodeIdentity node;
  private SimulatedServer server;

  /** Keeps journals and what is said in a folder. */
  public RealTimeDrill(Path folder) {
    this(folder, "drill?tick=1&recovery=0.1");
  }

  /** The same with a scenario of one's choice. */
  RealTimeDrill(Path folder, String scenario) {
    this.folder = folder;
    Scenario drill = Scenario.load(scenario);
    crate = new SimulatedCluster(drill, InstantSource.system());
    node = new NodeIdentity("drill", drill.nodes().get(0), drill.version());
    var settings = SimulatedServer.Settings.anyPort(node);
    server = Toolkit.await(SimulatedServer.start(vertx, crate, settings, faults, log));
  }

  /** Starts xmover with these arguments against the drill. */
  Process start(String... arguments) throws IOException {
    return start(Map.of(), arguments);
  }

  /** The same with these variables in its environment. */
  Process start(Map<String, String> environment, String... arguments) throws IOException {
    return start(url(), environment, arguments);
  }

  /** The same by another address. */
  Process start(String url, Map<String, String> environment, String... arguments)
      throws IOException {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--connect", url));
    return xmover(environment, all)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("said").toFile()))
        .start();
  }

  /** Types something that needs no cluster, with the folders of the others, to its end. */
  Operator.Outcome types(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    Process process =
        xmover(environment, List.of(arguments))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("does not end: " + List.of(arguments));
    }
    return new Operator.Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private ProcessBuilder xmover(Map<String, String> environment, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Operator.class.getName());
    command.addAll(arguments);
    var process = new ProcessBuilder(command).redirectInput(Path.of("/dev/null").toFile());
    process.environment().keySet().removeIf(name -> name.startsWith("XMOVER_"));
    process.environment().put("XDG_STATE_HOME", folder.toString());
    process.environment().putAll(environment);
    return process;
  }

  /** The same, to its end; answers its exit code. */
  int run(String... arguments) throws IOException, InterruptedException {
    Process process = start(arguments);
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("does not end: " + List.of(arguments) + "\n" + said());
    }
    return process.exitValue();
  }

  /** A run whose nth statement with these words is executed and gets no answer. */
  Process hangAt(String words, int statement, String... arguments) throws IOException {
    faults.set(Fault.on(words, Fault.Disruption.HANG).nthTime(statement));
    Process run = start(arguments);
    await(run, words, statement);
    return run;
  }

  /** Waits until a run has sent its nth statement with these words. */
  public void await(Process run, String words, int statement) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (log.matching(words).size() < statement) {
      if (ended(run) || System.nanoTime() > deadline) {
        throw new AssertionError("never came to its moment\n" + said());
      }
    }
  }

  /** Leaves the processor to it before one looks again. */
  private static boolean ended(Process process) {
    try {
      return process.waitFor(10, TimeUnit.MILLISECONDS);
    } catch (InterruptedException stopped) {
      throw new AssertionError(stopped);
    }
  }

  /** Nobody listens any more, and connections are closed. */
  void goAway() {
    Toolkit.await(server.close());
  }

  /** It listens again where it did. */
  void comeBack() {
    var settings = new SimulatedServer.Settings(node, server.pgPort(), server.httpPort(), null);
    server = Toolkit.await(SimulatedServer.start(vertx, crate, settings, faults, log));
  }

  /** The statements with these words that arrived. */
  List<String> arrived(String words) {
    return log.matching(words);
  }

  /** Waits until a process says something like that; answers the first group. */
  String said(Process process, Pattern words) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    for (Matcher found = words.matcher(said()); ; found = words.matcher(said())) {
      if (found.find()) {
        return found.group(1);
      }
      if (ended(process) || System.nanoTime() > deadline) {
        throw new AssertionError("never said " + words + "\n" + said());
      }
    }
  }

  /** On which port it speaks the PostgreSQL wire. */
  int port() {
    return server.pgPort();
  }

  /** Where it listens. */
  public String url() {
    return "postgresql://crate@127.0.0.1:" + server.pgPort() + "/doc";
  }

  /** The same cluster over HTTP. */
  String http() {
    return "http://127.0.0.1:" + server.httpPort();
  }

  /** All that the processes printed. */
  String said() {
    try {
      return Files.readString(folder.resolve("said"));
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }

  /** What the processes printed from here on. */
  void forget() throws IOException {
    Files.deleteIfExists(folder.resolve("said"));
  }

  /** Every table and partition with its number_of_replicas. */
  public List<List<Object>> settings() throws SqlError {
    return crate.execute("crate", SETTINGS, List.of()).rows();
  }

  /** Where CrateDB may move shards. */
  String rebalancing() throws SqlError {
    return String.valueOf(
        crate.execute("crate", Sql.rebalance().text(), List.of()).rows().get(0).get(0));
  }

  /** The node with a primary of this table leaves. */
  void killNodeOf(String table) throws SqlError {
    String node = "SELECT node['name'] FROM sys.shards WHERE \"primary\" AND table_name = $1";
    crate.kill(String.valueOf(crate.execute("crate", node, List.of(table)).rows().get(0).get(0)));
  }

  /** The statements that came and have these words. */
  List<String> sent(String words) {
    return log.matching(words);
  }

  /** What anybody else does to the cluster. */
  void sql(String statement) throws SqlError {
    crate.execute("crate", statement, List.of());
  }

  @Override
  public void close() {
    faults.release();
    Toolkit.await(vertx.close());
  }
}
