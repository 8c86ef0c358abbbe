package xmover.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import xmover.Repository;

/** The files under {@code config}, as the programs they are for read them. */
final class Config {
  static final Path FOLDER = Repository.root().resolve("config");

  /** What a class does not know is refused, as Kubernetes does it. */
  private static final ObjectMapper YAML =
      new YAMLMapper()
          .setAnnotationIntrospector(
              new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated type) {
                  return false;
                }
              });

  private Config() {}

  static JsonNode yaml(String file) throws IOException {
    return YAML.readTree(FOLDER.resolve(file).toFile());
  }

  static <T> T yaml(String file, Class<T> type) throws IOException {
    return YAML.readValue(FOLDER.resolve(file).toFile(), type);
  }

  static JsonNode json(String file) throws IOException {
    return new ObjectMapper().readTree(FOLDER.resolve(file).toFile());
  }
}
