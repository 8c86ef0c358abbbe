package xmover.cli;

import io.vertx.core.Vertx;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import xmover.cluster.connection.InvalidSettings;
import xmover.environment.Environment;
import xmover.options.Action;
import xmover.options.CommonArguments;
import xmover.run.Connection;
import xmover.run.ExitCode;
import xmover.run.Simulation;

/** Runs a simulated cluster until it is stopped. */
@Command(
    name = "simulate",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = "Run a simulated CrateDB cluster on this machine, to rehearse on.",
    footer = {
      "",
      "Example: xmover simulate drill",
      "Example: xmover simulate drill --fault cut-after@restore",
      "Runs until it is stopped (Ctrl-C). Only this machine can connect.",
      "Look around: psql -h 127.0.0.1 -p 5439 -U crate -c 'SELECT * FROM sys.shards'"
    })
public final class SimulateCommand implements Action {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      paramLabel = "SCENARIO",
      description = {
        "drill: tables of every kind, most of them problematic",
        "quiet: nothing problematic",
        "large?tables=N: N tables, a tenth of them problematic",
        "refused: problematic tables, each with another reason not to touch it",
        "stubborn: one table is cured, one is not, one needs no reset, one has two replicas",
        "or the path of a scenario file like those in config/scenarios"
      })
  private String scenario = "";

  @Option(
      names = "--pg-port",
      paramLabel = "PORT",
      defaultValue = "5439",
      description = "PostgreSQL wire (default: ${DEFAULT-VALUE}; 0 is any free port).")
  private int pgPort;

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      defaultValue = "4209",
      description = "HTTP /_sql (default: ${DEFAULT-VALUE}; 0 is any free port).")
  private int httpPort;

  @ArgGroup(exclusive = false)
  private @Nullable TlsFiles tls;

  @Option(
      names = "--fault",
      paramLabel = "NAME[@MOMENT]",
      description = {
        "Rehearse a fault, from a moment of a run on (its most usual one when none is named).",
        "Repeatable. Moments: before, zero, move, wait, restore, recovery"
      })
  private List<String> faults = List.of();

  @Option(
      names = "--list-faults",
      help = true,
      description = "Print the faults there are, each with a sentence, and end.")
  private boolean listFaults;

  @Mixin private final CommonArguments common = new CommonArguments();

  /** Both or none of them. */
  static final class TlsFiles {
    @Option(
        names = "--tls-cert",
        required = true,
        paramLabel = "FILE",
        description = "Offer TLS with this certificate (PEM).")
    private @Nullable Path certificate;

    @Option(
        names = "--tls-key",
        required = true,
        paramLabel = "FILE",
        description = "The private key of the certificate (PEM).")
    private @Nullable Path key;

    private PemKeyCertOptions shown() {
      return new PemKeyCertOptions()
          .addCertPath(String.valueOf(certificate))
          .addKeyPath(String.valueOf(key));
    }
  }

  @Override
  public ExitCode run(Environment environment) throws InterruptedException {
    if (listFaults) {
      list();
      return ExitCode.DONE;
    }
    requirePort("--pg-port", pgPort);
    requirePort("--http-port", httpPort);
    Vertx vertx = Connection.startVertx();
    try {
      announce(start(environment, vertx));
      new CountDownLatch(1).await();
      return ExitCode.DONE;
    } finally {
      Connection.await(vertx.close());
    }
  }

  private static void requirePort(String option, int port) {
    if (port < 0 || port > 65535) {
      throw new InvalidSettings(option + " must be a port from 0 to 65535, not " + port);
    }
  }

  /** The scenario with the faults, as its address takes them. */
  private String rehearsed() {
    var address = new StringBuilder(scenario);
    for (String fault : faults) {
      if (!fault.matches("[\\w-]+(@[\\w-]+)?")) {
        throw new InvalidSettings(
            "--fault takes NAME or NAME@MOMENT, such as cut-after@restore, not '" + fault + "'");
      }
      address.append(address.indexOf("?") < 0 ? '?' : '&').append("fault=").append(fault);
    }
    return address.toString();
  }

  private void list() {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    Simulation.faults().forEach((name, sentence) -> out.printf("%-32s %s%n", name, sentence));
    out.flush();
  }

  private List<URI> start(Environment environment, Vertx vertx) {
    try {
      return Connection.await(
          Simulation.start(
              environment, vertx, rehearsed(), pgPort, httpPort, tls == null ? null : tls.shown()));
    } catch (InvalidSettings unknownScenario) {
      throw unknownScenario;
    } catch (RuntimeException failed) {
      Throwable reason = failed instanceof CompletionException ? failed.getCause() : failed;
      throw new InvalidSettings(
          "can't listen on ports %s and %s (%s): choose others with --pg-port and --http-port%s"
              .formatted(
                  pgPort,
                  httpPort,
                  reason == null ? failed : reason.getMessage(),
                  tls == null ? "" : ", and look at the files of --tls-cert and --tls-key"));
    }
  }

  private void announce(List<URI> addresses) {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    out.printf("Simulated cluster '%s' is up; stop it with Ctrl-C.%n", scenario);
    addresses.forEach(address -> out.println("  " + address));
    out.flush();
  }
}
