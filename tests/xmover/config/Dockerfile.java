package xmover.config;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** The instructions of {@code config/docker/Dockerfile}, one line each. */
record Dockerfile(List<String> instructions) {
  static Dockerfile read() throws IOException {
    String text = Files.readString(Config.FOLDER.resolve("docker/Dockerfile"));
    return new Dockerfile(
        text.replaceAll("(?m)^#.*\n", "")
            .replaceAll("\\\\\n\\s*", "")
            .lines()
            .filter(line -> !line.isBlank())
            .toList());
  }

  /** What follows this word, of each instruction that begins with it. */
  List<String> all(String instruction) {
    return instructions.stream()
        .filter(line -> line.startsWith(instruction + " "))
        .map(line -> line.substring(instruction.length()).strip())
        .toList();
  }

  /** The words of the last such instruction, which must have the form without a shell. */
  List<String> words(String instruction) throws IOException {
    List<String> all = all(instruction);
    String json = all.get(all.size() - 1).replaceFirst("^.*?CMD ", "");
    return List.of(new ObjectMapper().readValue(json, String[].class));
  }
}
