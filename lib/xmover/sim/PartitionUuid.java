package xmover.sim;

import java.nio.ByteBuffer;
import java.util.Base64;

/** The id of a partition's index: any text that stays the same will do. */
final class PartitionUuid {
  private PartitionUuid() {}

  static String of(SimPartition partition) {
    String name = partition.table().fullName();
    byte[] bytes =
        ByteBuffer.allocate(16)
            .putInt(name.hashCode())
            .putInt(partition.ident().hashCode())
            .putInt(name.length())
            .putInt(partition.ident().length())
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
