package xmover.safety;

import java.util.List;
import xmover.table.Relation;

/**
 * What the gates see of one table or partition.
 *
 * @param relation its settings as they are now
 * @param allocation {@code routing.allocation.enable}
 * @param copies every copy of its shards
 * @param running statements of others that change it at this moment
 * @param ended statements of others that changed it since it was detected
 * @param touched whether this run changed it already, with a gentler remedy
 * @param stirred whether CrateDB may move shards because of what this run changed
 */
public record TableView(
    Seen<Relation> relation,
    Seen<String> allocation,
    Seen<List<CopyView>> copies,
    Seen<List<ForeignStatement>> running,
    Seen<List<ForeignStatement>> ended,
    boolean touched,
    boolean stirred) {}
