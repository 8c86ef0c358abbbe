package xmover.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import xmover.cluster.ClusterFailure;
import xmover.cluster.connection.InvalidSettings;
import xmover.detect.ClusterIdentity;
import xmover.environment.Environment;
import xmover.journal.OpenJournal;
import xmover.journal.file.FileJournal;
import xmover.journal.file.JournalFolder;
import xmover.options.Action;
import xmover.options.CommonArguments;
import xmover.options.ConnectionArguments;
import xmover.options.JournalArguments;
import xmover.reset.Journal;
import xmover.reset.engine.Unfinished;
import xmover.reset.machine.JournalEntry;
import xmover.reset.machine.RunIdentity;
import xmover.run.Connection;
import xmover.run.ExitCode;

/** Closes journal entries by hand, for what no look at a cluster can prove. */
@Command(
    name = "forget",
    sortOptions = false,
    abbreviateSynopsis = true,
    description =
        "Close the journal entries of tables that are gone for good, so that no run waits for"
            + " them.",
    footer = {
      "",
      "A table that is at 0 replicas now is not forgotten: put it back with xmover restore. Entries"
          + " of a cluster that is gone are found by the address in --connect.",
      "Example: xmover forget doc.metrics",
      "Example: xmover forget doc.metrics --connect postgresql://old-host:5432/doc"
    })
public final class ForgetCommand implements Action {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "TABLE",
      description =
          "As xmover status names it, or as it was called when its reset began; or its index uuid.")
  private List<String> tables = new ArrayList<>();

  @Option(
      names = "--takeover",
      description = "Forget even if a run holds the lock: make sure that it is dead.")
  private boolean takeover;

  @Mixin private final JournalArguments journal = new JournalArguments();
  @Mixin private final ConnectionArguments connection = new ConnectionArguments();
  @Mixin private final CommonArguments common = new CommonArguments();

  @Override
  public ExitCode run(Environment environment) {
    List<String> left = new ArrayList<>(tables);
    try (Connection connection = this.connection.open(environment)) {
      Optional<ClusterIdentity> cluster = identity(connection);
      cluster.ifPresent(self -> forgetHere(connection, self, left));
      List<JournalFolder.Open> others =
          Connection.await(
              cluster
                  .map(self -> journal.place().elsewhere(connection, self))
                  .orElseGet(() -> journal.place().anywhere(connection)));
      others.forEach(other -> forget(connection, other, left));
    }
    if (!left.isEmpty()) {
      throw new InvalidSettings(
          "No unfinished reset of "
              + String.join(", ", left)
              + " is in the journal: xmover status shows what is.");
    }
    return ExitCode.DONE;
  }

  /** Empty for a cluster that can't be reached, and may never be again. */
  private static Optional<ClusterIdentity> identity(Connection connection) {
    try {
      return Optional.of(Connection.await(connection.detection().identity()));
    } catch (ClusterFailure failure) {
      return switch (failure.kind()) {
        case AUTHENTICATION, PRIVILEGE, NOT_READY, SERVER, TIMEOUT -> throw failure;
        default -> Optional.empty();
      };
    }
  }

  private void forgetHere(Connection connection, ClusterIdentity cluster, List<String> left) {
    RunIdentity run = connection.newRun();
    OpenJournal memory =
        Connection.await(
            journal.place().open(connection, cluster, run, takeover, trouble -> {}, trouble -> {}));
    try {
      List<JournalEntry> entries = Connection.await(memory.journal().unfinished());
      Unfinished unfinished = Connection.await(Unfinished.of(entries, connection.detection()));
      requireOneEach(entries, unfinished);
      for (JournalEntry entry : entries) {
        if (isNamed(entry, unfinished, left)) {
          refuseAtZero(entry, unfinished);
          forget(memory.journal(), entry);
        }
      }
    } finally {
      Connection.await(memory.close());
    }
  }

  /** Two tables may have had the same name: then the index uuid tells them apart. */
  private void requireOneEach(List<JournalEntry> entries, Unfinished unfinished) {
    for (String name : tables) {
      List<JournalEntry> meant =
          entries.stream().filter(entry -> names(entry, unfinished).contains(name)).toList();
      if (meant.size() > 1) {
        throw new InvalidSettings(
            "%s entries are of a table called %s: name one by its index uuid, %s"
                .formatted(meant.size(), name, meant.stream().map(ForgetCommand::uuid).toList()));
      }
    }
  }

  private static boolean isNamed(JournalEntry entry, Unfinished unfinished, List<String> left) {
    return left.removeAll(names(entry, unfinished));
  }

  private static List<String> names(JournalEntry entry, Unfinished unfinished) {
    return List.of(entry.table().toString(), String.valueOf(unfinished.nameOf(entry)), uuid(entry));
  }

  private static String uuid(JournalEntry entry) {
    return entry.identity().map(who -> who.uuid().text()).orElse("none");
  }

  private static void refuseAtZero(JournalEntry entry, Unfinished unfinished) {
    if (unfinished.unread().isPresent()) {
      throw new InvalidSettings(
          "%s was not forgotten, as it can't be seen whether it is at 0: %s"
              .formatted(entry.table(), unfinished.unread().get()));
    }
    if (unfinished.isAtZero(entry)) {
      throw new InvalidSettings(
          "%s is AT 0 REPLICAS, they were '%s'. Put them back instead: xmover restore"
              .formatted(entry.table(), entry.original()));
    }
  }

  private void forget(Connection connection, JournalFolder.Open other, List<String> left) {
    List<JournalEntry> named =
        other.entries().stream()
            .filter(entry -> left.removeAll(List.of(entry.table().toString(), uuid(entry))))
            .toList();
    if (named.isEmpty()) {
      return;
    }
    FileJournal file =
        Connection.await(FileJournal.open(connection.vertx(), other.file(), trouble -> {}));
    try {
      named.forEach(entry -> forget(file, entry));
    } finally {
      Connection.await(file.close());
    }
  }

  private void forget(Journal kept, JournalEntry entry) {
    Connection.await(kept.write(entry.forgotten()));
    CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
    PrintWriter out = commandLine.getOut();
    out.println(
        "Forgotten: %s, its number_of_replicas was '%s'"
            .formatted(entry.table(), entry.original()));
    out.flush();
  }
}
