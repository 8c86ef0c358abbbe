package xmover.run;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import xmover.cluster.connection.Secret;
import xmover.journal.file.OwnerOnly;
import xmover.observe.ServiceUrl;
import xmover.web.Token;

/**
 * A file of its owner alone in the state folder: where a run of this machine is served, and the
 * token that was made for orders to it. {@code xmover ctl} finds it by itself.
 *
 * @param token empty where one was set: that one is nobody's to write down
 */
public record ServeNote(ServiceUrl url, Optional<Token> token) {
  private static final String NAME = "serve-";

  /** Older versions left no port. */
  private static final Pattern FILE = Pattern.compile(NAME + "(\\d{1,18})(?:-\\d+)?");

  /** Where this process leaves the note of what listens on that port. */
  static Path at(Path folder, int port) {
    return folder.resolve(NAME + ProcessHandle.current().pid() + "-" + port);
  }

  /** The notes of processes that are alive; one that can't be read is none. */
  public static List<ServeNote> in(Path folder) {
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
    Matcher name = FILE.matcher(String.valueOf(file.getFileName()));
    return name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isPresent();
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
