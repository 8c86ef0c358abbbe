package xmover.cli;

import xmover.environment.Environment;

/** What a session on a cluster is opened with, as typed. */
record Opening(
    Environment environment,
    ConnectionArguments connection,
    JournalArguments journal,
    LogArguments log,
    ObserverArguments observers,
    Results results) {}
