package xmover;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.Source;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rooms of lib and the arrows between them. */
class ArchitectureTest {
  private static final Path LIB = Repository.root().resolve("lib");
  private static final JavaClasses TOOLKIT =
      new ClassFileImporter()
          .importPackages("xmover", "cratesim", "packaging")
          .that(describe("come from lib", ArchitectureTest::comesFromLib));

  private static final Set<String> WAY_IN = Set.of("xmover.Toolkit", "xmover.Script");
  private static final Set<String> UNGUARDED =
      Set.of(
          "xmover.run.Engine",
          "xmover.reset.engine.AutoExecOrchestrator",
          "xmover.reset.engine.TableResetProcessor",
          "xmover.reset.Safeguards");

  @ParameterizedTest
  @CsvSource({
    "table,       ''",
    "environment, ''",
    "cluster,     table environment",
    "detect,      cluster table environment",
    "reset,       detect cluster table environment",
    "journal,     reset detect cluster table environment",
    "gates,       reset detect cluster table environment",
    "recovery,    reset detect cluster table environment",
    "rebalance,   reset cluster environment",
    "remedy,      gates recovery reset detect cluster table environment",
    "observe,     reset detect cluster table environment",
    "print,       reset detect cluster table",
    "json,        reset detect table",
    "log,         json print observe reset detect cluster table environment",
    "report,      log json print observe reset detect cluster table environment",
    "live,        report log json print observe reset detect table environment",
    "monitor,     log json print detect cluster table environment",
    "alert,       json print observe reset detect cluster table environment",
    "metrics,     live monitor print observe reset detect cluster table environment",
    "web,         live monitor report log observe reset cluster table environment",
    "run,         alert metrics web monitor live report log json print observe remedy rebalance"
        + " recovery gates journal reset detect cluster table environment",
    "options,     run alert metrics web monitor live report log json print observe remedy rebalance"
        + " recovery gates journal reset detect cluster table environment",
    "cli,         options run alert metrics web monitor live report log json print observe remedy"
        + " rebalance recovery gates journal reset detect cluster table environment"
  })
  void a_room_looks_only_inward(String room, String inward) {
    check(
        classes()
            .that()
            .resideInAnyPackage(rooms(room))
            .should()
            .onlyDependOnClassesThat(
                resideOutsideOfPackage("xmover..")
                    .or(resideInAnyPackage("xmover"))
                    .or(resideInAnyPackage(rooms(room + " " + inward)))));
  }

  @Test
  void there_is_no_room_beside_these() {
    ArchRule known =
        classes()
            .that()
            .resideOutsideOfPackages("xmover", "cratesim..", "packaging..")
            .should()
            .resideInAnyPackage(
                rooms(
                    "environment table cluster detect reset journal gates recovery rebalance remedy"
                        + " observe print json log report live monitor alert metrics web run"
                        + " options cli"));
    check(known);
  }

  @Test
  void the_simulated_cluster_knows_nothing_of_xmover() {
    check(
        noClasses()
            .that()
            .resideInAPackage("cratesim..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("xmover.."));
  }

  @Test
  void xmover_knows_nothing_of_the_simulated_cluster() {
    check(
        noClasses()
            .that()
            .resideInAPackage("xmover..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("cratesim.."));
  }

  @Test
  void packaging_is_known_to_nobody() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("packaging..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("packaging.."));
  }

  @Test
  void the_toolkit_is_known_to_commands_and_scripts_alone() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages("xmover", "xmover.cli..")
            .should()
            .dependOnClassesThat(
                describe("are the way in", type -> WAY_IN.contains(type.getName()))));
  }

  @Test
  void what_moves_a_run_past_its_gates_is_nobodys_to_call() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages("xmover.run..", "xmover.reset..")
            .should()
            .dependOnClassesThat(
                describe("move a run", type -> UNGUARDED.contains(type.getName()))));
  }

  @Test
  void tables_know_no_transport() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(rooms("table"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "java.net..", "java.sql.."));
  }

  @Test
  void only_the_cluster_speaks_with_sql_clients() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(rooms("cluster"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.vertx.sqlclient..", "io.vertx.pgclient..", "java.sql.."));
  }

  @Test
  void only_commands_and_scripts_know_options() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(
                rooms(
                    "run observe print json log report live monitor alert metrics web remedy"
                        + " rebalance recovery gates journal reset detect cluster"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("picocli.."));
  }

  @Test
  void only_the_environment_asks_the_process_what_it_has() {
    DescribedPredicate<JavaAccess<?>> asks =
        describe(
            "ask the process",
            access ->
                List.of(
                        "System.getenv",
                        "System.getProperty",
                        "System.setProperty",
                        "System.console",
                        "System.in",
                        "System.out",
                        "System.err",
                        "System.setIn",
                        "System.setOut",
                        "System.setErr",
                        "System.exit",
                        "System.currentTimeMillis",
                        "System.nanoTime",
                        "Runtime.exit",
                        "Runtime.halt",
                        "Runtime.addShutdownHook",
                        "Instant.now",
                        "InstantSource.system",
                        "Clock.systemUTC",
                        "Clock.systemDefaultZone",
                        "LocalDateTime.now",
                        "ZonedDateTime.now",
                        "Locale.setDefault",
                        "FileDescriptor.in",
                        "FileDescriptor.out",
                        "FileDescriptor.err",
                        "Signals.register",
                        "Signal.handle",
                        "Configuration.set")
                    .contains(
                        access.getTargetOwner().getSimpleName()
                            + "."
                            + access.getTarget().getName()));
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("xmover.environment..")
            .should()
            .accessTargetWhere(asks));
  }

  @Test
  void nobody_sleeps() {
    DescribedPredicate<JavaMethodCall> sleeps =
        describe("sleep", call -> call.getTarget().getName().equals("sleep"));
    check(noClasses().should().callMethodWhere(sleeps));
  }

  private static void check(ArchRule rule) {
    // A room may be empty while the house is being built.
    rule.allowEmptyShould(true).check(TOOLKIT);
  }

  /** The packages of these rooms, for ArchUnit. */
  private static String[] rooms(String names) {
    return Stream.of(names.split(" "))
        .filter(name -> !name.isEmpty())
        .map(name -> "xmover." + name + "..")
        .toArray(String[]::new);
  }

  private static boolean comesFromLib(JavaClass type) {
    Path folder = LIB.resolve(type.getPackageName().replace('.', '/'));
    return type.getSource()
        .flatMap(Source::getFileName)
        .filter(file -> Files.exists(folder.resolve(file)))
        .isPresent();
  }
}
