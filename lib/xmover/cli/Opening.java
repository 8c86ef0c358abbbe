package xmover.cli;

/** What a session on a cluster is opened with, as typed. */
record Opening(
    ConnectionArguments connection,
    JournalArguments journal,
    LogArguments log,
    ObserverArguments observers,
    Results results) {}
