package xmover.gates.view;

import java.util.List;
import xmover.detect.CopyState;
import xmover.detect.allocation.AllocationSettings;
import xmover.table.Relation;

/**
 * What the gates see of one table or partition.
 *
 * @param relation its settings as they are now
 * @param allocation its own {@code routing.allocation}
 * @param copies every copy of its shards
 * @param statements of others that change it at this moment, or did since it was detected
 * @param touched whether this run changed it already, with a gentler remedy
 * @param stirred whether CrateDB may move shards because of what this run changed
 */
public record TableView(
    Reading<Relation> relation,
    Reading<AllocationSettings> allocation,
    Reading<List<CopyState>> copies,
    Reading<List<ForeignStatement>> statements,
    boolean touched,
    boolean stirred) {}
