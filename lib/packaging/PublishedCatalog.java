package packaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The catalog beside a published jar: the repository's aliases, with that jar for a script. */
final class PublishedCatalog {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PublishedCatalog() {}

  /**
   * Makes it.
   *
   * @param sources the catalog of the repository
   * @param jar its name
   * @param hub names what the jar needs, in the order in which versions win
   * @param packaging names what the installer needs besides
   */
  static String of(String sources, String jar, HubFile hub, HubFile packaging)
      throws JsonProcessingException {
    ObjectNode catalog = JSON.createObjectNode();
    catalog.putObject("catalogs");
    ObjectNode aliases = catalog.putObject("aliases");
    for (var alias : JSON.readTree(sources).path("aliases").properties()) {
      if (!alias.getKey().equals("publish")) {
        ObjectNode published = aliases.putObject(alias.getKey());
        add(published, alias.getValue(), jar, hub);
        if (published.path("main").asText().equals("install")) {
          packaging.values("//DEPS").forEach(published.withArray("dependencies")::add);
        }
      }
    }
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(catalog) + "\n";
  }

  private static void add(ObjectNode to, JsonNode from, String jar, HubFile hub) {
    String script = from.path("script-ref").asText();
    to.put("script-ref", jar)
        .put("main", script.replaceFirst(".*/", "").replaceFirst("\\.java$", ""))
        .put("description", from.path("description").asText())
        .put("java", hub.values("//JAVA").get(0));
    if (from.has("arguments")) {
      to.set("arguments", from.path("arguments"));
    }
    hub.values("//DEPS").forEach(to.putArray("dependencies")::add);
    hub.words("//RUNTIME_OPTIONS").forEach(to.putArray("java-options")::add);
  }
}
