///usr/bin/env jbang "$0" "$@" ; exit $?
// The hub of the simulated CrateDB, a house of its own that knows nothing of XMover: a script that
// says `//SOURCES ../lib/cratesim/CrateSim.java` has it. A test holds that every file is listed, and
// that the versions are those of XMover's hub.
//JAVA 17+
//DEPS com.fasterxml.jackson.core:jackson-databind:2.23.0
//DEPS io.vertx:vertx-core:5.0.12
//DEPS org.jspecify:jspecify:1.0.0
//COMPILE_OPTIONS -encoding UTF-8
//FILES faults.json=../../config/faults.json
//FILES scenarios/demo.json=../../config/scenarios/demo.json
//FILES scenarios/drill.json=../../config/scenarios/drill.json
//FILES scenarios/large.json=../../config/scenarios/large.json
//FILES scenarios/quiet.json=../../config/scenarios/quiet.json
//FILES scenarios/refused.json=../../config/scenarios/refused.json
//FILES scenarios/stubborn.json=../../config/scenarios/stubborn.json
//SOURCES SimulatedCluster.java
//SOURCES SqlEndpoint.java
//SOURCES StatementLog.java
//SOURCES allocation/Allocation.java
//SOURCES allocation/AllocationRules.java
//SOURCES allocation/Awareness.java
//SOURCES allocation/Disks.java
//SOURCES allocation/Moves.java
//SOURCES allocation/NodeFaults.java
//SOURCES allocation/Rebalancing.java
//SOURCES allocation/ShardLimits.java
//SOURCES allocation/UnsettledCopies.java
//SOURCES faults/Fault.java
//SOURCES faults/FaultCatalogue.java
//SOURCES faults/FaultEffect.java
//SOURCES faults/Faults.java
//SOURCES faults/FaultyWire.java
//SOURCES faults/KnownFault.java
//SOURCES faults/Moment.java
//SOURCES model/ByteSize.java
//SOURCES model/ClusterModel.java
//SOURCES model/Incurable.java
//SOURCES model/JobLog.java
//SOURCES model/LeaseSync.java
//SOURCES model/NodeFilters.java
//SOURCES model/Operations.java
//SOURCES model/PartitionIdent.java
//SOURCES model/ReplicaRange.java
//SOURCES model/Seconds.java
//SOURCES model/SettingValue.java
//SOURCES model/SimCopy.java
//SOURCES model/SimNode.java
//SOURCES model/SimPartition.java
//SOURCES model/SimSettings.java
//SOURCES model/SimShard.java
//SOURCES model/SimSnapshot.java
//SOURCES model/SimTable.java
//SOURCES model/SimVersion.java
//SOURCES model/SimWatermarks.java
//SOURCES model/SqlAnswer.java
//SOURCES model/SqlError.java
//SOURCES model/StaleHealth.java
//SOURCES model/Stuck.java
//SOURCES model/StuckReplica.java
//SOURCES model/TableSettings.java
//SOURCES model/Timeline.java
//SOURCES scenario/Scenario.java
//SOURCES scenario/ScenarioCluster.java
//SOURCES scenario/ScenarioEvent.java
//SOURCES scenario/ScenarioEvents.java
//SOURCES scenario/ScenarioFile.java
//SOURCES scenario/ScenarioProblem.java
//SOURCES scenario/TableSpec.java
//SOURCES sql/Aggregate.java
//SOURCES sql/Arithmetic.java
//SOURCES sql/Atoms.java
//SOURCES sql/Attribute.java
//SOURCES sql/Attributes.java
//SOURCES sql/Call.java
//SOURCES sql/Cells.java
//SOURCES sql/Comparisons.java
//SOURCES sql/CorePlan.java
//SOURCES sql/Errors.java
//SOURCES sql/Expr.java
//SOURCES sql/ExprNode.java
//SOURCES sql/ExpressionParser.java
//SOURCES sql/FromClause.java
//SOURCES sql/Functions.java
//SOURCES sql/GroupScope.java
//SOURCES sql/Insert.java
//SOURCES sql/Join.java
//SOURCES sql/Lexer.java
//SOURCES sql/Logic.java
//SOURCES sql/Ordering.java
//SOURCES sql/ParameterTypes.java
//SOURCES sql/ParsedStatement.java
//SOURCES sql/PrimaryParser.java
//SOURCES sql/Query.java
//SOURCES sql/RowChange.java
//SOURCES sql/RowParser.java
//SOURCES sql/RowScope.java
//SOURCES sql/RowTable.java
//SOURCES sql/Scope.java
//SOURCES sql/Select.java
//SOURCES sql/SelectParser.java
//SOURCES sql/Session.java
//SOURCES sql/SqlRelation.java
//SOURCES sql/SqlToken.java
//SOURCES sql/StatementParser.java
//SOURCES sql/Subqueries.java
//SOURCES sql/TableParser.java
//SOURCES sql/Tokens.java
//SOURCES statements/AlterTable.java
//SOURCES statements/DataStatements.java
//SOURCES statements/Definitions.java
//SOURCES statements/Maintenance.java
//SOURCES statements/Subjects.java
//SOURCES statements/Targets.java
//SOURCES statements/UserPrivileges.java
//SOURCES tables/AllocationTable.java
//SOURCES tables/ClusterTable.java
//SOURCES tables/ColumnTable.java
//SOURCES tables/HealthTables.java
//SOURCES tables/JobTables.java
//SOURCES tables/NodeTable.java
//SOURCES tables/PartitionTable.java
//SOURCES tables/SchemaTable.java
//SOURCES tables/ShardTable.java
//SOURCES tables/SnapshotTable.java
//SOURCES tables/SystemCatalog.java
//SOURCES tables/TableTable.java
//SOURCES tables/UserTables.java
//SOURCES wire/ConnectionDropped.java
//SOURCES wire/HttpCredentials.java
//SOURCES wire/HttpSqlServer.java
//SOURCES wire/NodeIdentity.java
//SOURCES wire/OddAnswer.java
//SOURCES wire/Outgoing.java
//SOURCES wire/PacedStream.java
//SOURCES wire/PgArrayText.java
//SOURCES wire/PgColumnType.java
//SOURCES wire/PgCommands.java
//SOURCES wire/PgExtended.java
//SOURCES wire/PgFormats.java
//SOURCES wire/PgFrame.java
//SOURCES wire/PgFrames.java
//SOURCES wire/PgLogin.java
//SOURCES wire/PgOutput.java
//SOURCES wire/PgParameters.java
//SOURCES wire/PgPhase.java
//SOURCES wire/PgPortal.java
//SOURCES wire/PgServerSession.java
//SOURCES wire/PgServerSide.java
//SOURCES wire/PgStartup.java
//SOURCES wire/PgTimestamp.java
//SOURCES wire/PgType.java
//SOURCES wire/PgWireServer.java
//SOURCES wire/PgWriter.java
//SOURCES wire/ProtocolViolation.java
//SOURCES wire/Scheduling.java
//SOURCES wire/SimulatedServer.java
//SOURCES wire/SpoiledBytes.java
//SOURCES wire/SqlHandler.java
//SOURCES wire/SqlJson.java
//SOURCES wire/SqlRequest.java
//SOURCES wire/SqlScript.java
//SOURCES wire/StatementRunner.java
//SOURCES wire/Tls.java
package cratesim;

import cratesim.faults.Fault;
import cratesim.faults.FaultCatalogue;
import cratesim.faults.Faults;
import cratesim.scenario.Scenario;
import cratesim.wire.NodeIdentity;
import cratesim.wire.SimulatedServer;
import cratesim.wire.Tls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemKeyCertOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A CrateDB that is simulated, on its real wires: to rehearse on, and to test against. */
public final class CrateSim {
  private CrateSim() {}

  /**
   * Starts one on this machine, which ends with its Vert.x.
   *
   * @param folder where the path of a scenario begins
   * @param scenario a name, or the path of a file
   * @param pgPort 0 for any
   * @param httpPort 0 for any
   * @param tls the certificate it shows; null for no TLS
   * @return where it listens: for PostgreSQL clients, and for HTTP
   * @throws IllegalArgumentException when there is no such scenario
   */
  public static Future<List<URI>> start(
      Vertx vertx,
      InstantSource clock,
      Path folder,
      String scenario,
      int pgPort,
      int httpPort,
      @Nullable PemKeyCertOptions tls) {
    Scenario loaded = Scenario.load(scenario, folder);
    var node =
        new NodeIdentity(
            String.valueOf(loaded.clusterName()), loaded.nodes().get(0), loaded.version());
    return SimulatedServer.start(
            vertx,
            new SimulatedCluster(loaded, clock),
            new SimulatedServer.Settings(node, pgPort, httpPort, shown(tls)),
            armed(loaded.faults()),
            new StatementLog(clock))
        .map(
            server ->
                List.of(
                    URI.create("postgresql://crate@127.0.0.1:" + server.pgPort() + "/doc"),
                    URI.create(
                        (tls == null ? "http" : "https") + "://127.0.0.1:" + server.httpPort())));
  }

  private static Faults armed(List<String> names) {
    var faults = new Faults();
    if (!names.isEmpty()) {
      var known = FaultCatalogue.load();
      names.forEach(name -> faults.arm(rehearsable(known.named(name), name)));
    }
    return faults;
  }

  private static Fault rehearsable(Fault fault, String name) {
    if (fault.effect() instanceof Fault.Outside) {
      throw new IllegalArgumentException(
          "the fault '"
              + name
              + "' happens outside a cluster, so no simulated one has it: --list-faults shows what"
              + " there is");
    }
    return fault;
  }

  private static @Nullable Tls shown(@Nullable PemKeyCertOptions tls) {
    return tls == null
        ? null
        : new Tls(Path.of(tls.getCertPath()), Path.of(tls.getKeyPath()), false);
  }
}
