package packaging;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What an installation has put where, kept in a file before anything is put there. It removes that
 * and nothing else: a file that has another content by now is somebody else's.
 */
final class Inventory {
  private static final String RELEASE = "release ";
  private static final String FOLDER = "folder ";
  private static final String FILE = "file ";

  private final Path own;
  private final Path list;
  private final Set<Path> releases = new LinkedHashSet<>();
  private final Set<Path> folders = new LinkedHashSet<>();
  private final Map<Path, Set<String>> files = new LinkedHashMap<>();

  private Inventory(Path own) {
    this.own = own;
    this.list = own.resolve("installed");
  }

  /** What the list in this folder says; nothing where there is none. */
  static Inventory of(Path own) throws IOException {
    var read = new Inventory(own);
    if (Files.exists(read.list)) {
      Files.readAllLines(read.list).forEach(read::add);
    }
    return read;
  }

  private void add(String line) {
    if (line.startsWith(RELEASE)) {
      releases.add(own.resolve(line.substring(RELEASE.length())));
    } else if (line.startsWith(FOLDER)) {
      folders.add(Path.of(line.substring(FOLDER.length())));
    } else if (line.startsWith(FILE)) {
      String[] words = line.substring(FILE.length()).split(" ", 2);
      knows(Path.of(words[1]), words[0]);
    }
  }

  boolean isEmpty() {
    return releases.isEmpty() && files.isEmpty();
  }

  /** Whether somebody else's file lies there. */
  boolean isStrange(Path file) throws IOException {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && !files.getOrDefault(file, Set.of()).contains(digest(file));
  }

  /** Will have a version there; of those before only the last one stays, as it may be running. */
  List<Path> release(Path folder) {
    List<Path> before = new ArrayList<>(releases);
    before.remove(folder);
    List<Path> old = before.subList(0, Math.max(0, before.size() - 1));
    releases.removeAll(old);
    releases.remove(folder);
    releases.add(folder);
    return old;
  }

  /** Will put these there, and remembers the folders that are made for them. */
  void files(Set<Path> inFolders, Map<Path, String> contents) {
    inFolders.forEach(this::folder);
    for (var file : contents.entrySet()) {
      folder(Objects.requireNonNull(file.getKey().getParent()));
      knows(file.getKey(), digest(file.getValue().getBytes(StandardCharsets.UTF_8)));
    }
  }

  private void knows(Path file, String digest) {
    files.computeIfAbsent(file, any -> new LinkedHashSet<>()).add(digest);
  }

  private void folder(Path folder) {
    if (Files.exists(folder) || folders.contains(folder)) {
      return;
    }
    folder(Objects.requireNonNull(folder.getParent()));
    folders.add(folder);
  }

  /** These are there now: others it had before are removed, what these were is forgotten. */
  void only(Map<Path, String> contents) throws IOException {
    for (Path file : List.copyOf(files.keySet())) {
      if (!contents.containsKey(file)) {
        remove(file);
      }
    }
    files.clear();
    files(Set.of(), contents);
  }

  void write() throws IOException {
    var lines = new ArrayList<String>();
    releases.forEach(each -> lines.add(RELEASE + own.relativize(each)));
    folders.forEach(each -> lines.add(FOLDER + each));
    files.forEach((file, all) -> all.forEach(one -> lines.add(FILE + one + " " + file)));
    Files.createDirectories(own);
    Path next = own.resolve("installed.next");
    Files.write(next, lines);
    Files.move(next, list, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Removes everything.
   *
   * @return files it left, as somebody has changed them
   */
  List<Path> remove() throws IOException {
    List<Path> left = new ArrayList<>();
    for (Path file : files.keySet()) {
      if (!remove(file)) {
        left.add(file);
      }
    }
    for (Path release : releases) {
      // Whatever the list may say, nothing outside is removed with all that is in it.
      if (own.equals(release.normalize().getParent())) {
        Release.remove(release);
      }
    }
    // What an installation that was killed has left.
    try (var halves = Files.newDirectoryStream(own, Release.UNFINISHED + "*")) {
      for (Path half : halves) {
        Release.remove(half);
      }
    }
    Files.deleteIfExists(list);
    var emptied = new ArrayList<>(folders);
    Collections.reverse(emptied);
    for (Path folder : emptied) {
      removeEmpty(folder);
    }
    removeEmpty(own);
    return left;
  }

  private boolean remove(Path file) throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return true;
    }
    if (isStrange(file)) {
      return false;
    }
    Files.delete(file);
    return true;
  }

  private static void removeEmpty(Path folder) throws IOException {
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException others) {
      // It holds what others have put there since.
    }
  }

  private static String digest(Path file) throws IOException {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        ? digest(Files.readAllBytes(file))
        : "none";
  }

  private static String digest(byte[] content) {
    return HexFormat.of().formatHex(Application.sha256().digest(content));
  }
}
