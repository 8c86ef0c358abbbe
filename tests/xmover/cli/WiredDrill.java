package xmover.cli;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;

import cratesim.faults.Fault;
import cratesim.faults.Faults;
import cratesim.model.SqlError;
import cratesim.scenario.Scenario;
import cratesim.wire.Relay;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import xmover.ChildJvm;
import xmover.cluster.sql.Sql;
import xmover.environment.Said;
import xmover.environment.TestEnvironment;

/** The scenario drill on its wire, ten times as fast as it says, and commands against it. */
public final class WiredDrill implements AutoCloseable {
  private static final String SETTINGS =
      "SELECT table_name, '' AS ident, number_of_replicas FROM information_schema.tables"
          + " WHERE table_schema IN ('doc', 'curvo', 'Mixed', 'blob') UNION ALL"
          + " SELECT table_name, partition_ident, number_of_replicas"
          + " FROM information_schema.table_partitions ORDER BY 1, 2";

  public final Faults faults;
  private final Said said = new Said();
  private final Said saidByTheDead = new Said();
  private final Path folder;
  private final List<Dead> dead = new ArrayList<>();
  private Path home;
  private final WiredCluster cluster;

  /** Keeps journals and what is said in a folder. */
  public WiredDrill(Path folder) {
    this(folder, "drill?tick=1&recovery=0.1");
  }

  /** The same with a scenario of one's choice. */
  WiredDrill(Path folder, String scenario) {
    this.folder = folder;
    home = created(folder.resolve("home"));
    cluster = new WiredCluster(folder, Scenario.load(scenario));
    faults = cluster.faults;
  }

  private static Path created(Path home) {
    try {
      return Files.createDirectories(home);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Starts xmover with these arguments against the drill. */
  RunningCommand start(String... arguments) {
    return start(Map.of(), arguments);
  }

  /** The same with these variables in its environment. */
  RunningCommand start(Map<String, String> variables, String... arguments) {
    return start(url(), variables, arguments);
  }

  /** The same by another address. */
  RunningCommand start(String url, Map<String, String> variables, String... arguments) {
    return start(said, url, variables, arguments);
  }

  private RunningCommand start(
      Said words, String url, Map<String, String> variables, String... arguments) {
    return RunningCommand.start(
        TestEnvironment.saying(home, words).with(cluster.time).with(stateHome()).with(variables),
        connecting(url, arguments));
  }

  /** The same in a process of its own. */
  private Process startProcess(String... arguments) throws IOException {
    return startProcess(url(), arguments);
  }

  /** The same by another address. */
  Process startProcess(String url, String... arguments) throws IOException {
    List<String> command =
        ChildJvm.shortLived(Operator.class, List.of(), connecting(url, arguments));
    var process =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectInput(Path.of("/dev/null").toFile());
    process.environment().keySet().removeIf(name -> name.startsWith("XMOVER_"));
    process.environment().putAll(stateHome());
    Process started = process.redirectErrorStream(true).start();
    new Thread(() -> listen(started), "what a process says").start();
    return started;
  }

  private void listen(Process process) {
    try (InputStream told = process.getInputStream()) {
      told.transferTo(said);
    } catch (IOException gone) {
      // It was killed: what it said until then is known.
    }
  }

  private Map<String, String> stateHome() {
    return Map.of("XDG_STATE_HOME", home.toString());
  }

  private static String[] connecting(String url, String... arguments) {
    return Stream.concat(Stream.of(arguments), Stream.of("--connect", url)).toArray(String[]::new);
  }

  /** Types something that needs no cluster, with the folders of the others, to its end. */
  Operator.Outcome types(Map<String, String> variables, String... arguments) {
    return Operator.types(
        new TestEnvironment(home).with(cluster.time).with(stateHome()).with(variables), arguments);
  }

  /** The same against the drill; answers its exit code. */
  int run(String... arguments) {
    return start(arguments).exitCode();
  }

  /**
   * A run that dies when its nth statement with these words was executed: no answer comes, and
   * nothing of it reaches the cluster any more, nor the folder in which others find what it left,
   * nor what is printed.
   */
  void dieAt(String words, int statement, String... arguments) {
    Relay lifeline = relay();
    hang(words, statement);
    RunningCommand run = start(saidByTheDead, url(lifeline.port()), Map.of(), arguments);
    await(run, words, statement);
    home = copyOf(home);
    lifeline.cut();
    faults.set();
    faults.release();
    dead.add(new Dead(run, lifeline));
  }

  private record Dead(RunningCommand run, Relay lifeline) {
    /** What is left of it finds its way back and ends, so that no thread stays behind. */
    void bury() {
      lifeline.mend();
      run.stop();
      run.exitCode();
      lifeline.close();
    }
  }

  private Relay relay() {
    try {
      return new Relay(cluster.port());
    } catch (TimeoutException late) {
      throw new AssertionError(late);
    }
  }

  private Path copyOf(Path home) {
    Path copy = folder.resolve("home-after-death-" + (dead.size() + 1));
    try (Stream<Path> all = Files.walk(home)) {
      for (Path file : (Iterable<Path>) all::iterator) {
        Files.copy(file, copy.resolve(home.relativize(file)), COPY_ATTRIBUTES);
      }
      return copy;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** A run whose nth statement with these words is executed and gets no answer. */
  RunningCommand hangAt(String words, int statement, String... arguments) {
    hang(words, statement);
    RunningCommand run = start(arguments);
    await(run, words, statement);
    return run;
  }

  /** The same in a process of its own. */
  Process processHangsAt(String words, int statement, String... arguments) throws IOException {
    hang(words, statement);
    Process run = startProcess(arguments);
    await(run, words, statement);
    return run;
  }

  private void hang(String words, int statement) {
    faults.set(Fault.on(words, Fault.Disruption.HANG).nthTime(statement));
  }

  /** Waits until a run has sent its nth statement with these words. */
  void await(RunningCommand run, String words, int statement) {
    await(cluster.log.nth(words, statement), run.exit());
  }

  /** The same of a run in a process of its own. */
  public void await(Process run, String words, int statement) {
    await(cluster.log.nth(words, statement), run.onExit());
  }

  /** Waits until a run says something like that; answers the last group. */
  String said(RunningCommand run, Pattern words) {
    return said(run.exit(), words);
  }

  /** The same of a run in a process of its own. */
  String said(Process run, Pattern words) {
    return said(run.onExit(), words);
  }

  private String said(CompletableFuture<?> end, Pattern words) {
    CompletableFuture<String> moment = said.words(words);
    await(moment, end);
    return moment.join();
  }

  /** Waits for a moment that must come before the end does. */
  private void await(CompletableFuture<?> moment, CompletableFuture<?> end) {
    try {
      CompletableFuture.anyOf(moment, end).get(30, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException never) {
      throw new AssertionError("never came to its moment\n" + said() + saidByTheDead, never);
    }
    if (!moment.isDone()) {
      throw new AssertionError("ended before it came to its moment\n" + said() + saidByTheDead);
    }
  }

  /** Nobody listens any more, and connections are closed. */
  void goAway() {
    cluster.goAway();
  }

  /** It listens again where it did. */
  void comeBack() {
    cluster.comeBack();
  }

  /** On which port it speaks the PostgreSQL wire. */
  int port() {
    return cluster.port();
  }

  /** Where it listens. */
  public String url() {
    return cluster.pg();
  }

  private static String url(int port) {
    return "postgresql://crate@127.0.0.1:" + port + "/doc";
  }

  /** The home folder of those who type commands; relative paths begin there, too. */
  Path home() {
    return home;
  }

  /** The same cluster over HTTP, without a user. */
  String http() {
    return cluster.http().replace("crate@", "");
  }

  /** All that was printed. */
  String said() {
    return said.toString();
  }

  /** The same as events, which {@code --log-format json} makes it. */
  LoggedEvents logged() {
    return LoggedEvents.of(said());
  }

  /** What is printed from here on. */
  void forget() {
    said.forget();
  }

  /** Every table and partition with its number_of_replicas. */
  public List<List<Object>> settings() throws SqlError {
    return cluster.rows(SETTINGS);
  }

  /** Where CrateDB may move shards. */
  String rebalancing() throws SqlError {
    return String.valueOf(cluster.rows(Sql.rebalance().text()).get(0).get(0));
  }

  /** The node with a primary of this table leaves. */
  void killNodeOf(String table) throws SqlError {
    String node = "SELECT node['name'] FROM sys.shards WHERE \"primary\" AND table_name = $1";
    cluster.kill(String.valueOf(cluster.rows(node, table).get(0).get(0)));
  }

  /** The statements that came and have these words. */
  List<String> sent(String words) {
    return cluster.log.matching(words);
  }

  /** What anybody else does to the cluster. */
  void sql(String statement) throws SqlError {
    cluster.rows(statement);
  }

  @Override
  public void close() {
    faults.set();
    faults.release();
    dead.forEach(Dead::bury);
    cluster.close();
  }
}
