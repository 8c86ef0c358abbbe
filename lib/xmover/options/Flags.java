package xmover.options;

import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.INegatableOptionTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.RegexTransformer;

/**
 * Makes a flag mean what is typed. Picocli takes a flag for the opposite of its default, which a
 * settings file may have changed; and what a file may switch on has to be switched off by typing.
 */
final class Flags {
  private Flags() {}

  /** Of a command and of those that are typed after it. */
  static void settle(CommandLine family) {
    Set<String> settable = SettingKey.all();
    settle(family.getCommandSpec(), settable);
    family.getSubcommands().values().forEach(one -> settle(one.getCommandSpec(), settable));
  }

  private static void settle(CommandSpec command, Set<String> settable) {
    command.negatableOptionTransformer(new AsNamed());
    for (OptionSpec option : List.copyOf(command.options())) {
      boolean isFlag = option.arity().max() == 0 && !option.usageHelp();
      if (isFlag && !option.versionHelp() && !option.negatable()) {
        command.remove(option);
        command.addOption(
            OptionSpec.builder(option)
                .fallbackValue("true")
                .negatable(settable.contains(option.longestName().substring(2)))
                .build());
      }
    }
  }

  /** A flag that is named by what it does not do is told by that name. */
  private static final class AsNamed implements INegatableOptionTransformer {
    private final INegatableOptionTransformer usual = RegexTransformer.createDefault();

    @Override
    public String makeNegative(String name, CommandSpec command) {
      return usual.makeNegative(name, command);
    }

    @Override
    public String makeSynopsis(String name, CommandSpec command) {
      return name.startsWith("--no-") ? name : usual.makeSynopsis(name, command);
    }
  }
}
