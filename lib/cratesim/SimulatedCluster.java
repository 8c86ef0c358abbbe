package cratesim;

import cratesim.allocation.Allocation;
import cratesim.allocation.Moves;
import cratesim.allocation.NodeFaults;
import cratesim.allocation.Rebalancing;
import cratesim.allocation.UnsettledCopies;
import cratesim.faults.Fault;
import cratesim.model.ByteSize;
import cratesim.model.ClusterModel;
import cratesim.model.LeaseSync;
import cratesim.model.Seconds;
import cratesim.model.SimPartition;
import cratesim.model.SimVersion;
import cratesim.model.SqlAnswer;
import cratesim.model.SqlError;
import cratesim.model.Timeline;
import cratesim.scenario.Scenario;
import cratesim.scenario.ScenarioCluster;
import cratesim.scenario.ScenarioEvent;
import cratesim.scenario.ScenarioEvents;
import cratesim.sql.ParameterTypes;
import cratesim.sql.ParsedStatement;
import cratesim.sql.Query;
import cratesim.sql.Session;
import cratesim.sql.StatementParser;
import cratesim.statements.AlterTable;
import cratesim.statements.DataStatements;
import cratesim.statements.Definitions;
import cratesim.statements.Maintenance;
import cratesim.statements.Subjects;
import cratesim.statements.Targets;
import cratesim.statements.UserPrivileges;
import cratesim.tables.SystemCatalog;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A CrateDB cluster that exists in memory and answers SQL as a real one would. Its time is that of
 * the clock given: whenever somebody looks, all that was due by then has happened. Safe to use from
 * several threads.
 */
public final class SimulatedCluster implements SqlEndpoint {
  private static final String SUPERUSER = "crate";
  private static final double SYNC_SECONDS_FROM_6 = 30;
  private static final double SYNC_SECONDS_BEFORE_6 = 300;

  private static final int MOST_PARSED = 200;

  private final Map<String, ParsedStatement> parsed = new HashMap<>();
  private final ClusterModel cluster;
  private final UserPrivileges access;
  private final AlterTable alterTable;
  private final Maintenance maintenance;
  private final Definitions definitions;
  private final DataStatements data;
  private final Allocation allocation;
  private final NodeFaults faults;
  private final ScenarioEvents events;
  private final Scenario scenario;
  private final InstantSource clock;

  public SimulatedCluster(Scenario scenario, InstantSource clock) {
    this.scenario = scenario;
    this.clock = clock;
    SimVersion version = SimVersion.of(scenario.version());
    double interval = version.atLeast(6, 0) ? SYNC_SECONDS_FROM_6 : SYNC_SECONDS_BEFORE_6;
    Double asked = scenario.leaseSync();
    long syncMillis = Seconds.millis(asked == null ? interval : asked);
    var timeline = new Timeline(clock);
    cluster = ScenarioCluster.build(scenario, timeline, syncMillis);
    var leases = new LeaseSync(timeline, syncMillis);
    long recovery = Seconds.millis(Objects.requireNonNull(scenario.recovery()));
    String speed = scenario.recoverySpeed();
    allocation =
        new Allocation(cluster, leases, recovery, speed == null ? null : ByteSize.of(speed));
    var moves = new Moves(cluster, allocation, leases);
    var relocation = Objects.requireNonNull(scenario.relocation());
    long moveMillis = Seconds.millis(relocation.seconds());
    var rebalancing =
        new Rebalancing(cluster, allocation, moves, relocation.probability(), moveMillis);
    access = new UserPrivileges(users(scenario));
    var targets = new Targets(cluster, access);
    alterTable = new AlterTable(cluster, targets, allocation, rebalancing);
    maintenance = new Maintenance(cluster, targets, allocation, moves, rebalancing);
    definitions = new Definitions(cluster, access, targets, allocation);
    data = new DataStatements(cluster, access, targets);
    faults = new NodeFaults(cluster, allocation);
    new UnsettledCopies(cluster, allocation, moves).unsettle(scenario);
    events = new ScenarioEvents(cluster, faults, moves, access, moveMillis, this::happen);
    events.plan(scenario);
  }

  private static Map<String, Scenario.UserSpec> users(Scenario scenario) {
    Map<String, Scenario.UserSpec> users = new LinkedHashMap<>();
    users.put(SUPERUSER, new Scenario.UserSpec(SUPERUSER, null, true, List.of()));
    for (Scenario.UserSpec user : Objects.requireNonNull(scenario.users())) {
      users.put(user.name(), user);
    }
    return users;
  }

  @Override
  public boolean authenticates(String user, String password) {
    Scenario.UserSpec spec = login(user);
    return spec != null && (spec.password() == null || spec.password().equals(password));
  }

  @Override
  public boolean needsPassword(String user) {
    Scenario.UserSpec spec = login(user);
    return spec != null && spec.password() != null;
  }

  /** Users are part of the state that nodes have to recover first. */
  private synchronized Scenario.@Nullable UserSpec login(String user) {
    cluster.timeline().advance();
    return cluster.isRecovered() || user.equals(SUPERUSER) ? access.users().get(user) : null;
  }

  @Override
  public synchronized List<SqlAnswer.Column> describe(String user, String statement)
      throws SqlError {
    return parse(statement) instanceof ParsedStatement.Read read
        ? read.plan(session(user, null)).columns()
        : List.of();
  }

  @Override
  public synchronized List<SqlAnswer.ColumnType> parameterTypes(String statement) throws SqlError {
    Session session = session(SUPERUSER, null);
    ParsedStatement parsed = parse(statement);
    if (parsed instanceof ParsedStatement.Read read) {
      read.plan(session);
    } else if (parsed instanceof ParsedStatement.Change change) {
      data.plan(change, session);
    }
    return session.parameterTypes().list();
  }

  @Override
  public synchronized SqlAnswer execute(String user, String statement, List<Object> parameters)
      throws SqlError {
    cluster.timeline().advance();
    return logged(user, statement, parameters);
  }

  /** A statement of a scenario's event; one that is refused shows in the log of jobs only. */
  private void happen(String user, String statement) {
    try {
      logged(user, statement, List.of());
    } catch (SqlError ignored) {
      // Whoever sent it would be told; here nobody is.
    }
  }

  @Override
  public synchronized Optional<Runnable> happen(
      Fault.Incident incident, String user, String statement) {
    cluster.timeline().advance();
    var subjects = Subjects.of(cluster, user, statement);
    try {
      // All of them before the first one happens: then another node may be the primary's.
      List<ScenarioEvent> over = meant(incident.over(), subjects);
      meant(incident.events(), subjects).forEach(events::plan);
      return Optional.of(() -> mend(over));
    } catch (NoSuchElementException nobody) {
      return Optional.empty();
    }
  }

  private static List<ScenarioEvent> meant(List<ScenarioEvent> events, Subjects subjects) {
    return events.stream().map(event -> event.with(subjects::words)).toList();
  }

  private synchronized void mend(List<ScenarioEvent> over) {
    cluster.timeline().advance();
    over.forEach(events::plan);
  }

  @Override
  public Optional<SqlEndpoint> stranger() {
    return Optional.of(new SimulatedCluster(scenario.ofAnother(), clock));
  }

  private SqlAnswer logged(String user, String statement, List<Object> parameters) throws SqlError {
    cluster.jobs().begins(user, statement, cluster.now());
    cluster.staleHealth().statementBegins();
    String error = null;
    try {
      return run(user, statement, parameters);
    } catch (SqlError refused) {
      error = refused.sentence();
      throw refused;
    } finally {
      cluster.staleHealth().statementEnds();
      cluster.jobs().ends(cluster.now(), error);
    }
  }

  private SqlAnswer run(String user, String statement, List<Object> parameters) throws SqlError {
    ParsedStatement parsed = parse(statement);
    if (parsed instanceof ParsedStatement.Read read) {
      Query query = read.plan(session(user, parameters));
      List<List<Object>> rows = query.rows();
      return new SqlAnswer(query.columns(), rows, "SELECT", rows.size());
    }
    if (parsed instanceof ParsedStatement.Change change) {
      return done(change.tag(), data.plan(change, session(user, parameters)).execute());
    }
    return change(user, parsed);
  }

  private SqlAnswer change(String user, ParsedStatement statement) throws SqlError {
    if (statement instanceof ParsedStatement.AlterTable alter) {
      alterTable.execute(user, alter);
      return done("ALTER", -1);
    }
    if (statement instanceof ParsedStatement.CancelShard cancel) {
      maintenance.cancel(user, cancel);
      return done("ALTER", 1);
    }
    if (statement instanceof ParsedStatement.MoveShard move) {
      maintenance.move(user, move);
      return done("ALTER", 1);
    }
    if (statement instanceof ParsedStatement.RetryFailed) {
      access.requireAdministration(user);
      cluster.requireRecovered();
      maintenance.retryFailed();
      return done("ALTER", 0);
    }
    if (statement instanceof ParsedStatement.Optimize optimize) {
      maintenance.optimize(user, optimize);
      return done("OPTIMIZE", 1);
    }
    if (statement instanceof ParsedStatement.Definition definition) {
      return done(definition.tag(), definitions.execute(user, definition));
    }
    if (statement instanceof ParsedStatement.Refresh refresh) {
      return done("REFRESH", data.refresh(user, refresh));
    }
    if (statement instanceof ParsedStatement.SetGlobal set) {
      access.requireAdministration(user);
      cluster.requireRecovered();
      cluster.settings().set(set.persistent(), set.settings());
      allocation.fit();
      return done("SET", 1);
    }
    if (statement instanceof ParsedStatement.ResetGlobal reset) {
      access.requireAdministration(user);
      cluster.requireRecovered();
      cluster.settings().reset(reset.settings());
      allocation.fit();
      return done("RESET", 1);
    }
    return done(((ParsedStatement.Accepted) statement).tag(), 0);
  }

  private static SqlAnswer done(String tag, long rowCount) {
    return new SqlAnswer(List.of(), List.of(), tag, rowCount);
  }

  /** Most statements come again and again. */
  private ParsedStatement parse(String statement) throws SqlError {
    ParsedStatement known = parsed.get(statement);
    if (known == null) {
      known = StatementParser.parse(statement, cluster.version().atLeast(6, 0));
      if (parsed.size() == MOST_PARSED) {
        parsed.clear();
      }
      parsed.put(statement, known);
    }
    return known;
  }

  private Session session(String user, @Nullable List<Object> parameters) {
    var catalog = new SystemCatalog(cluster, access, user);
    return new Session(
        user,
        cluster.version().toString(),
        cluster.clock(),
        catalog,
        parameters,
        new ParameterTypes());
  }

  /**
   * {@code number_of_replicas} of each table and partition by the uuid of its index: as it is,
   * whatever it is called and whoever may see it.
   */
  public synchronized Map<String, String> replicas() {
    cluster.timeline().advance();
    return cluster
        .partitions()
        .collect(Collectors.toMap(SimPartition::uuid, one -> one.settings().replicas()));
  }

  /** Stops a node without killing it: reads of shards fail until the others drop it. */
  public synchronized void freeze(String node) {
    cluster.timeline().advance();
    faults.freeze(cluster.node(node));
  }

  /** Takes a node away; where a primary had no other copy, its shard is missing. */
  public synchronized void kill(String node) {
    cluster.timeline().advance();
    faults.kill(cluster.node(node));
  }

  /** Brings a frozen or killed node back, with the data it had. */
  public synchronized void revive(String node) {
    cluster.timeline().advance();
    faults.revive(cluster.node(node));
  }

  /**
   * Restarts all nodes: until the cluster has recovered it knows of no table, and nothing can be
   * defined or set. Then all is as it was, but for transient settings.
   */
  public synchronized void restart(Duration notRecovered) {
    cluster.timeline().advance();
    faults.restart(notRecovered.toMillis());
  }
}
