package xmover.cli;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import xmover.cluster.Secret;
import xmover.journal.JournalLocation;
import xmover.journal.OwnerOnly;
import xmover.observe.ServiceUrl;
import xmover.observe.web.Token;

/**
 * A file of its owner alone in the state folder: where a run of this machine is served, and the
 * token that was made for orders to it. {@code xmover ctl} finds it by itself.
 *
 * @param token empty where one was set: that one is nobody's to write down
 */
record ServeNote(ServiceUrl url, Optional<Token> token) {
  private static final String NAME = "serve-";

  /** The folder of the journals. */
  static Path folder() {
    return JournalLocation.folder(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  /** Where this process leaves its note. */
  static Path ofThisProcess() {
    return folder().resolve(NAME + ProcessHandle.current().pid());
  }

  /** The notes of processes that are alive; one that can't be read is none. */
  static List<ServeNote> in(Path folder) {
    List<ServeNote> notes = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, NAME + "*")) {
      for (Path file : files) {
        if (isOfLivingProcess(file)) {
          read(file).ifPresent(notes::add);
        }
      }
    } catch (IOException nothingThere) {
      return List.of();
    }
    return notes;
  }

  private static boolean isOfLivingProcess(Path file) {
    String pid = String.valueOf(file.getFileName()).substring(NAME.length());
    return pid.matches("\\d{1,18}") && ProcessHandle.of(Long.parseLong(pid)).isPresent();
  }

  private static Optional<ServeNote> read(Path file) {
    try {
      var text = new Properties();
      text.load(new StringReader(Files.readString(file)));
      Optional<String> token = Optional.ofNullable(text.getProperty("token"));
      return Optional.ofNullable(text.getProperty("url"))
          .map(url -> new ServeNote(ServiceUrl.of(url), token.map(Secret::new).map(Token::new)));
    } catch (IOException | IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  /** Writes it; what another process of this number left is gone. */
  Path write(Path file) throws IOException {
    OwnerOnly.createFolderOf(file);
    Files.deleteIfExists(file);
    String text =
        "url=%s\n".formatted(url.uri())
            + token.map(made -> "token=%s\n".formatted(made.secret().reveal())).orElse("");
    var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel = OwnerOnly.open(file, options)) {
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
    return file;
  }
}
