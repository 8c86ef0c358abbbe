package xmover.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import xmover.Xmover;
import xmover.environment.Environment;

/** All commands under one name. */
@Command(
    name = "xmover",
    mixinStandardHelpOptions = true,
    version = "xmover " + Xmover.VERSION,
    description = "Finds and heals CrateDB tables whose replicas hold too much translog.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ProblematicTranslogsCommand.class,
      DetectCommand.class,
      ResetCommand.class,
      MonitorCommand.class,
      CtlCommand.class,
      StatusCommand.class,
      ResumeCommand.class,
      RestoreCommand.class,
      ForgetCommand.class,
      TestConnectionCommand.class,
      SimulateCommand.class,
      HelpCommand.class
    },
    footer = {
      "",
      "Data goes to stdout, messages to stderr. Exit codes: 0 done, 1 error, 2 leases timed out, 3"
          + " some tables failed, 4 CRITICAL: replicas not restored, 130 and 143 stopped by a"
          + " signal.",
      "Look around without a CrateDB: xmover problematic-translogs --connect sim:drill"
    })
public final class XmoverCommand implements Action {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public ExitCode run(Environment environment) {
    throw new ParameterException(
        Objects.requireNonNull(spec).commandLine(), "which command? --help lists them");
  }
}
