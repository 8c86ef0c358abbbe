package xmover.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import xmover.Xmover;
import xmover.environment.Environment;
import xmover.options.Action;
import xmover.run.ExitCode;

/** All commands under one name. */
@Command(
    name = "xmover",
    mixinStandardHelpOptions = true,
    version = "xmover " + Xmover.VERSION,
    description = "Finds and heals CrateDB tables whose replicas hold too much translog.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Data goes to stdout, messages to stderr. Exit codes: 0 done, 1 error, 2 leases timed out, 3"
          + " some tables failed, 4 CRITICAL: replicas not restored, 130 and 143 stopped by a"
          + " signal.",
      "Example: xmover problematic-translogs",
      "Example: xmover heal --dry-run",
      "Example: xmover status",
      "The options of a command: xmover COMMAND --help, and all of them with xmover COMMAND"
          + " --help-all.",
      "Look around without a CrateDB: xmover problematic-translogs --connect sim:drill"
    })
public final class XmoverCommand implements Action {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--help-all",
      help = true,
      description = "Show every command with every option, in groups.")
  boolean helpAll;

  private final List<Action> scripts;

  /**
   * @param scripts commands that are scripts of their own, too
   */
  public XmoverCommand(Action... scripts) {
    this.scripts = List.of(scripts);
  }

  @Override
  public List<Object> commands() {
    List<Object> all = new ArrayList<>();
    all.add(new ProblematicTranslogsCommand());
    all.addAll(scripts);
    all.add(new CtlCommand());
    all.add(new StatusCommand());
    all.add(new HistoryCommand());
    all.add(new ResumeCommand());
    all.add(new RestoreCommand());
    all.add(new ForgetCommand());
    all.add(new TestConnectionCommand());
    all.add(new ExplainCommand());
    all.add(new SettingsCommand());
    all.add(new SimulateCommand());
    all.add(new HelpCommand());
    return all;
  }

  @Override
  public ExitCode run(Environment environment) {
    throw new ParameterException(
        Objects.requireNonNull(spec).commandLine(), "which command? --help lists them");
  }
}
