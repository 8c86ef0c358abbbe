///usr/bin/env jbang "$0" "$@" ; exit $?
// The hub: a script that says `//SOURCES ../lib/xmover/Xmover.java` has the whole toolkit, also from
// a catalog on the web, where a glob would not work. A test holds that every file of lib/ is listed.
//
// DEPS: the one place for versions of the libraries that run. The first one wins for what they bring
// along, so Jackson stands before Vert.x, whose BOM would bring an older half of Jackson.
//JAVA 17+
//DEPS com.fasterxml.jackson.core:jackson-databind:2.21.8
//DEPS io.vertx:vertx-core:5.0.8
//DEPS io.vertx:vertx-pg-client:5.0.8
//DEPS io.vertx:vertx-circuit-breaker:5.0.8
//DEPS info.picocli:picocli:4.7.7
//DEPS com.github.freva:ascii-table:1.8.0
//DEPS org.apache.commons:commons-csv:1.14.1
//DEPS com.github.jsqlparser:jsqlparser:5.3
//DEPS org.tinylog:tinylog-api:2.7.0
//DEPS org.tinylog:tinylog-impl:2.7.0
//DEPS org.tinylog:slf4j-tinylog:2.7.0
//DEPS org.jspecify:jspecify:1.0.0
//COMPILE_OPTIONS -encoding UTF-8
//RUNTIME_OPTIONS -Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 -Dstderr.encoding=UTF-8
//RUNTIME_OPTIONS -XX:+IgnoreUnrecognizedVMOptions -XX:TieredStopAtLevel=1 -XX:+UseSerialGC
//RUNTIME_OPTIONS --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow
//FILES tinylog.properties=../../config/tinylog.properties
//SOURCES cli/BackoffConverter.java
//SOURCES cli/Cli.java
//SOURCES cli/CommonArguments.java
//SOURCES cli/ConnectionArguments.java
//SOURCES cli/DetectCommand.java
//SOURCES cli/DetectionArguments.java
//SOURCES cli/DurationConverter.java
//SOURCES cli/ExitCode.java
//SOURCES cli/OutputArguments.java
//SOURCES cli/ProblematicTranslogsCommand.java
//SOURCES cli/RunArguments.java
//SOURCES cli/StandardOutput.java
//SOURCES cli/TestConnectionCommand.java
//SOURCES cli/Toolkit.java
//SOURCES cli/XmoverCommand.java
//SOURCES cluster/AnswerRow.java
//SOURCES cluster/Cluster.java
//SOURCES cluster/ClusterFailure.java
//SOURCES cluster/Clusters.java
//SOURCES cluster/ConnectionFaults.java
//SOURCES cluster/ConnectionOptions.java
//SOURCES cluster/ConnectionSettings.java
//SOURCES cluster/ConnectionUrl.java
//SOURCES cluster/ConnectionUrlParser.java
//SOURCES cluster/Credentials.java
//SOURCES cluster/DryRunCluster.java
//SOURCES cluster/FailoverCluster.java
//SOURCES cluster/GuardedCluster.java
//SOURCES cluster/HostPort.java
//SOURCES cluster/HttpAnswer.java
//SOURCES cluster/HttpCluster.java
//SOURCES cluster/InvalidSettings.java
//SOURCES cluster/MalformedUrl.java
//SOURCES cluster/PgCluster.java
//SOURCES cluster/PgSession.java
//SOURCES cluster/RetryPolicy.java
//SOURCES cluster/Row.java
//SOURCES cluster/Secret.java
//SOURCES cluster/ServerErrors.java
//SOURCES cluster/Sql.java
//SOURCES cluster/SslMode.java
//SOURCES cluster/Statement.java
//SOURCES cluster/Timeouts.java
//SOURCES cluster/Timers.java
//SOURCES cluster/Transport.java
//SOURCES cluster/TrustedCertificates.java
//SOURCES cluster/Turns.java
//SOURCES detect/Analysis.java
//SOURCES detect/Catalogue.java
//SOURCES detect/CatalogueRows.java
//SOURCES detect/ClusterIdentity.java
//SOURCES detect/CrateVersion.java
//SOURCES detect/Detection.java
//SOURCES detect/Hidden.java
//SOURCES detect/NoSuchTable.java
//SOURCES detect/TableFilter.java
//SOURCES detect/Thresholds.java
//SOURCES detect/Visibility.java
//SOURCES observe/AnalysisCsv.java
//SOURCES observe/AnalysisJson.java
//SOURCES observe/AnalysisText.java
//SOURCES observe/JsonLines.java
//SOURCES observe/LogLines.java
//SOURCES observe/SqlByHand.java
//SOURCES observe/StructuredLogger.java
//SOURCES observe/Terminal.java
//SOURCES observe/TextTable.java
//SOURCES reset/Aftermath.java
//SOURCES reset/AuditedCluster.java
//SOURCES reset/AutoExecOrchestrator.java
//SOURCES reset/Backoff.java
//SOURCES reset/GuardedListener.java
//SOURCES reset/ReplicaCatalogue.java
//SOURCES reset/ResetCommand.java
//SOURCES reset/ResetEvent.java
//SOURCES reset/ResetFailure.java
//SOURCES reset/ResetJob.java
//SOURCES reset/ResetListener.java
//SOURCES reset/ResetMachine.java
//SOURCES reset/ResetPolicy.java
//SOURCES reset/ResetState.java
//SOURCES reset/ResetTimes.java
//SOURCES reset/RestoreOutcome.java
//SOURCES reset/Restoring.java
//SOURCES reset/RetentionLeaseMonitor.java
//SOURCES reset/RunLimits.java
//SOURCES reset/RunReport.java
//SOURCES reset/Surroundings.java
//SOURCES reset/TableResetProcessor.java
//SOURCES reset/TableResult.java
//SOURCES reset/Zeroing.java
//SOURCES sim/Fault.java
//SOURCES sim/Faults.java
//SOURCES sim/SqlAnswer.java
//SOURCES sim/SqlEndpoint.java
//SOURCES sim/SqlError.java
//SOURCES sim/StatementLog.java
//SOURCES sim/wire/ConnectionDropped.java
//SOURCES sim/wire/HttpCredentials.java
//SOURCES sim/wire/HttpSqlServer.java
//SOURCES sim/wire/NodeIdentity.java
//SOURCES sim/wire/PacedStream.java
//SOURCES sim/wire/PgArrayText.java
//SOURCES sim/wire/PgColumnType.java
//SOURCES sim/wire/PgCommands.java
//SOURCES sim/wire/PgExtended.java
//SOURCES sim/wire/PgFormats.java
//SOURCES sim/wire/PgFrame.java
//SOURCES sim/wire/PgFrames.java
//SOURCES sim/wire/PgLogin.java
//SOURCES sim/wire/PgOutput.java
//SOURCES sim/wire/PgParameters.java
//SOURCES sim/wire/PgPhase.java
//SOURCES sim/wire/PgPortal.java
//SOURCES sim/wire/PgServerSide.java
//SOURCES sim/wire/PgSession.java
//SOURCES sim/wire/PgStartup.java
//SOURCES sim/wire/PgTimestamp.java
//SOURCES sim/wire/PgType.java
//SOURCES sim/wire/PgWireServer.java
//SOURCES sim/wire/PgWriter.java
//SOURCES sim/wire/ProtocolViolation.java
//SOURCES sim/wire/SimulatedServer.java
//SOURCES sim/wire/SqlHandler.java
//SOURCES sim/wire/SqlJson.java
//SOURCES sim/wire/SqlRequest.java
//SOURCES sim/wire/SqlScript.java
//SOURCES sim/wire/StatementRunner.java
//SOURCES sim/wire/Tls.java
//SOURCES table/Bytes.java
//SOURCES table/Finding.java
//SOURCES table/LeaseReading.java
//SOURCES table/PartitionValues.java
//SOURCES table/Relation.java
//SOURCES table/ReplicaSetting.java
//SOURCES table/ShardCopy.java
//SOURCES table/ShardTotals.java
//SOURCES table/SqlText.java
//SOURCES table/TableRef.java
//SOURCES table/TableState.java
//SOURCES table/Verdict.java
package xmover;

/** XMover finds CrateDB tables whose replica shards hold too much translog, and heals them. */
public final class Xmover {
  /** The version that `--version`, metrics and the journal name. */
  public static final String VERSION = "0.1.0";

  private Xmover() {}
}
