package xmover.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import xmover.environment.Environment;
import xmover.json.Json;
import xmover.options.Action;
import xmover.options.CommonArguments;
import xmover.options.JsonArguments;
import xmover.options.Setting;
import xmover.options.SettingKey;
import xmover.options.Settings;
import xmover.run.ExitCode;
import xmover.table.Printable;

/** Shows what is set without being typed, and from where it comes. */
@Command(
    name = "settings",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = "Show what variables, a profile and the settings file set; secrets are stars.",
    footer = {
      "",
      "Example: xmover settings",
      "Example: xmover settings --profile prod --output json",
      "A line of the file is the long name of an option without dashes, or a variable, as in"
          + " max-wait=600s or CRATE_USERNAME=ops; in a profile its name stands before it, as in"
          + " prod.connect=https://db1:4200. A typed option beats a variable, that a profile, that"
          + " the file. Sends nothing to a cluster.",
      "Of old options, these went to the file; they still count where they are typed:"
          + " connect-timeout (10s), read-timeout (45s), alter-timeout (60s), pool-size (5),"
          + " resets-within (7d), recovery-timeout (30m)."
    })
public final class SettingsCommand implements Action {
  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--list", description = "List all that may be set.")
  private boolean list;

  @Mixin private final JsonArguments output = new JsonArguments();
  @Mixin private final CommonArguments common = new CommonArguments();

  @Override
  public ExitCode run(Environment environment) {
    var commandLine = Objects.requireNonNull(spec).commandLine();
    PrintWriter out = commandLine.getOut();
    if (list) {
      SettingKey.all().forEach(out::println);
    } else if (commandLine.getDefaultValueProvider() instanceof Settings settings) {
      print(settings, out);
    }
    out.flush();
    return ExitCode.DONE;
  }

  private void print(Settings settings, PrintWriter out) {
    if (output.isJson()) {
      out.print(json(settings));
      return;
    }
    List<Setting> all = settings.all();
    all.forEach(
        one ->
            out.println(
                Printable.line("%s = %s  (%s)".formatted(one.name(), one.shown(), one.from()))));
    if (all.isEmpty()) {
      out.println("Nothing is set: no variable, and no settings file that sets something.");
    }
  }

  private static String json(Settings settings) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("file", settings.file().map(Object::toString).orElse(null));
    var all = json.putArray("settings");
    settings
        .all()
        .forEach(
            one ->
                all.addObject()
                    .put("name", one.name())
                    .put("value", one.shown())
                    .put("from", one.from()));
    return Json.pretty(json);
  }
}
