package xmover.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import xmover.Xmover;
import xmover.cluster.Statement;

/**
 * The meters of one run, by their names in Micrometer. What counts starts at 0; what a run that
 * never reaches its cluster can't know is there once it is known.
 */
final class RunMeters {
  /** What a table goes through; the first four are the states of its reset. */
  enum Phase {
    DETECTED,
    SETTING_REPLICAS_ZERO,
    MONITORING_LEASES,
    RESTORING_REPLICAS,
    /** Its setting is back, its replicas are being built. */
    RECOVERING
  }

  /**
   * From a reset with a lease sync on request to a large table's recovery. Among them the intervals
   * of CrateDB's own lease sync, 30 and 300 s, and our limits, 720 and 1800 s.
   */
  private static final Duration[] BUCKETS =
      DoubleStream.of(0.1, 0.3, 1, 3, 10, 30, 60, 120, 300, 720, 1800, 3600, 7200, 14400)
          .mapToObj(seconds -> Duration.ofMillis(Math.round(seconds * 1000)))
          .toArray(Duration[]::new);

  private final MeterRegistry registry;
  private final Map<Phase, Timer> phases = new EnumMap<>(Phase.class);
  final Timer leaseWait;
  final Timer fewerCopies;
  final Counter retries;
  final LateGauge detected;
  final EarlyMeters early;
  final LateGauge atZero;
  final LateGauge exposedBytes;
  final LateGauge restoreFailing;
  final LateGauge oldestZero;
  final LateGauge breaker;
  final LateGauge lastRun;
  final LateGauge lastSuccess;
  final LateGauge lastExitCode;

  RunMeters(MeterRegistry registry) {
    this.registry = registry;
    for (Phase phase : Phase.values()) {
      phases.put(
          phase,
          timer("xmover.phase.duration", "How long tables spent in each phase of their reset.")
              .tag("phase", word(phase))
              .register(registry));
    }
    leaseWait =
        timer(
                "xmover.lease.wait",
                "How long it took until a table's retention leases had cleared; waits that were"
                    + " given up are not among them.")
            .register(registry);
    fewerCopies =
        timer(
                "xmover.fewer.copies",
                "How long tables had one copy fewer of some data, until all were seen again; those"
                    + " whose end was not seen are not among them.")
            .register(registry);
    retries =
        Counter.builder("xmover.retries")
            .description("Steps and statements that failed and were tried again.")
            .register(registry);
    detected = detected(registry);
    early = new EarlyMeters(registry);
    atZero = gauge("tables.at.zero.replicas", null, "Tables that may have no replicas just now.");
    exposedBytes = gauge("exposed", "bytes", "Size of the data that has one copy just now.");
    restoreFailing =
        gauge(
            "restore.failing",
            null,
            "1 while a table at zero replicas can't be restored, or the cluster can't be reached;"
                + " else 0.");
    oldestZero =
        gauge(
            "oldest.zero.replicas.timestamp",
            "seconds",
            "Since when the table has been at zero replicas that has been so for the longest time,"
                + " in Unix time; 0 when none is.");
    breaker = gauge("breaker.state", null, "The circuit breaker: 0 closed, 1 half-open, 2 open.");
    lastRun = gauge("last.run.timestamp", "seconds", "When the last run began, in Unix time.");
    lastSuccess =
        gauge("last.success.timestamp", "seconds", "When a run last ended with 0, in Unix time.");
    lastExitCode = gauge("last.exit.code", null, "What the last run ended with.");
    for (Statement.Kind kind : Statement.Kind.values()) {
      statements(kind, true);
      statements(kind, false);
    }
    buildInfo(registry);
  }

  /** Adds who measures. */
  static void buildInfo(MeterRegistry registry) {
    Gauge.builder("xmover.build.info", () -> 1)
        .tag("version", Xmover.VERSION)
        .tag("java", String.valueOf(Runtime.version().feature()))
        .description("Which XMover it is, and the Java it runs on.")
        .register(registry);
  }

  Timer phase(Phase phase) {
    return Objects.requireNonNull(phases.get(phase));
  }

  /** Statements of this kind that were answered, or were not. */
  Counter statements(Statement.Kind kind, boolean answered) {
    return Counter.builder("xmover.sql.statements")
        .tag("kind", word(kind))
        .tag("result", answered ? "answered" : "failed")
        .description("SQL statements that were sent, each attempt by itself.")
        .register(registry);
  }

  /** Of a look at the cluster, in a run or without one. */
  static LateGauge detected(MeterRegistry registry) {
    return new LateGauge(
        registry,
        "xmover.tables.detected",
        null,
        "Tables and partitions that qualify for a reset.");
  }

  private LateGauge gauge(String name, @Nullable String unit, String help) {
    return new LateGauge(registry, "xmover." + name, unit, help);
  }

  private static Timer.Builder timer(String name, String help) {
    return Timer.builder(name).description(help).serviceLevelObjectives(BUCKETS);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
