package xmover.real;

/** Regular expressions that find a reset's statements. */
final class Words {
  static final String TO_ZERO = "ALTER TABLE .*\"number_of_replicas\" = '0'";
  static final String TO_ORIGINAL = "ALTER TABLE .*\"number_of_replicas\" = '0-1'";
  static final String LEASES = "AS lease_sources, .*AS number_of_replicas";
  static final String COPIES = "recovery\\['stage'\\]";

  private Words() {}
}
