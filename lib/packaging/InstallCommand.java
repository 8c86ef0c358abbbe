package packaging;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import xmover.Xmover;
import xmover.cluster.connection.InvalidSettings;
import xmover.environment.Environment;
import xmover.options.Action;
import xmover.options.Cli;
import xmover.options.CommonArguments;
import xmover.run.ExitCode;

/** Installs the application for one user, as a command that starts fast and needs no JBang. */
@Command(
    name = "install",
    sortOptions = false,
    description = "Install xmover for this user: a command that starts fast and needs no JBang.",
    footer = {
      "",
      "The application goes to $XDG_DATA_HOME/xmover or ~/.local/share/xmover, completion for bash"
          + " and zsh and man pages beside it. No file of a shell is edited.",
      "Installing again updates it; a version that is running goes on."
    })
public final class InstallCommand implements Action {
  @Spec private @Nullable CommandSpec spec;
  private final Action application;
  private final String classPath;
  private final Training training;

  @Option(
      names = "--bin",
      paramLabel = "DIR",
      description = "Where the command goes (default: ~/.local/bin).")
  private @Nullable Path bin;

  @Option(names = "--uninstall", description = "Remove what was installed, and nothing else.")
  private boolean uninstall;

  @Mixin private final CommonArguments common = new CommonArguments();

  /**
   * @param application all that can be typed after the command
   * @param classPath where the running application has its classes
   */
  public InstallCommand(Action application, String classPath, Training training) {
    this.application = application;
    this.classPath = classPath;
    this.training = training;
  }

  @Override
  public ExitCode run(Environment environment) throws InterruptedException {
    InstallFolders folders = InstallFolders.of(environment, bin);
    try {
      if (uninstall) {
        return uninstall(folders);
      }
      install(environment, folders);
      return ExitCode.DONE;
    } catch (IOException failed) {
      throw new InvalidSettings(
          "can't write what is to be installed (" + failed + "): look at that folder, then repeat");
    }
  }

  private ExitCode uninstall(InstallFolders folders) throws IOException {
    Inventory inventory = Inventory.of(folders.own());
    if (inventory.isEmpty()) {
      say("Nothing is installed in " + folders.own() + ".");
      return ExitCode.DONE;
    }
    List<Path> left = inventory.remove();
    say("Removed what was installed.");
    left.forEach(file -> say("Left, as it was changed since: " + file));
    return ExitCode.DONE;
  }

  private void install(Environment environment, InstallFolders folders)
      throws IOException, InterruptedException {
    if (!folders.data().getFileSystem().supportedFileAttributeViews().contains("posix")) {
      throw new InvalidSettings(
          "the installed command is a script of a POSIX shell: run jbang xmover@catalog instead");
    }
    Application jars = Application.of(classPath);
    var release = new Release(folders.own().resolve(jars.id(Xmover.VERSION)));
    Map<Path, String> files = files(environment, folders, release);
    Inventory inventory = Inventory.of(folders.own());
    refuseToReplace(inventory, files.keySet());

    List<Path> old = inventory.release(release.folder());
    inventory.files(Set.of(folders.own()), files);
    inventory.write();
    release.write(jars);
    for (var file : files.entrySet()) {
      put(file.getKey(), file.getValue(), file.getKey().equals(folders.launcher()));
    }
    inventory.only(files);
    inventory.write();
    for (Path each : old) {
      Release.remove(each);
    }
    say("Installed xmover " + Xmover.VERSION + ": " + folders.launcher());
    training.of(release.folder(), environment.variables());
    report(environment, folders, release);
  }

  private Map<Path, String> files(
      Environment environment, InstallFolders folders, Release release) {
    CommandLine commands = Cli.commandLine(environment, application);
    Map<Path, String> files = new LinkedHashMap<>();
    files.put(folders.launcher(), launcher(release));
    files.put(folders.bash(), Completion.bash(commands));
    files.put(folders.zsh(), Completion.zsh(commands, folders.bash()));
    Stream.concat(Stream.of(commands), commands.getSubcommands().values().stream())
        .filter(each -> !(each.getCommand() instanceof HelpCommand))
        .map(each -> new ManPage(each, Xmover.VERSION))
        .forEach(page -> files.put(folders.page(page.name()), page.text()));
    return files;
  }

  private static String launcher(Release release) {
    return """
    #!/bin/sh
    # XMover, put here by its installer, which also updates and removes it.
    home=%s
    if [ ! -r "$home/launch.sh" ]; then
      echo "xmover: $home is gone: install it again" >&2
      exit 1
    fi
    . "$home/launch.sh"
    """
        .formatted(Completion.shellWord(release.folder()));
  }

  private static void refuseToReplace(Inventory inventory, Set<Path> files) throws IOException {
    for (Path file : files) {
      if (inventory.isStrange(file)) {
        throw new InvalidSettings(
            file
                + " is there already and was not put there by this installer: move it away, or name"
                + " another folder with --bin (or XDG_DATA_HOME)");
      }
    }
  }

  /** Replaces it in one step: whoever starts the command meanwhile gets the one or the other. */
  private static void put(Path file, String content, boolean runs) throws IOException {
    Path folder = Objects.requireNonNull(file.getParent());
    Files.createDirectories(folder);
    Path next = Files.createTempFile(folder, ".xmover", ".next");
    try {
      Files.writeString(next, content);
      Files.setPosixFilePermissions(
          next, PosixFilePermissions.fromString(runs ? "rwxr-xr-x" : "rw-r--r--"));
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(next);
    }
  }

  private void report(Environment environment, InstallFolders folders, Release release)
      throws IOException {
    say(
        release.isTrained()
            ? "It has an archive of classes for this Java, and makes a new one for another."
            : "No archive of classes could be made for this Java, so it starts slower.");
    boolean found =
        Stream.of(environment.variable("PATH").split(":"))
            .anyMatch(folders.bin().toString()::equals);
    if (!found) {
      say("PATH lacks its folder. For your shell's profile:");
      say("  export PATH=" + Completion.shellWord(folders.bin()) + ":\"$PATH\"");
    }
    say("Completion: bash has it in a new shell (with the package bash-completion). For ~/.zshrc:");
    say(
        "  fpath=("
            + Completion.shellWord(folders.functions())
            + " $fpath); autoload -U compinit; compinit");
    say("  There is none for fish.");
    say("Manual: man -M " + Completion.shellWord(folders.manual()) + " xmover");
  }

  private void say(String line) {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
