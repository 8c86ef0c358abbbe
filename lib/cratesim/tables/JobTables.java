package cratesim.tables;

import cratesim.model.ClusterModel;
import cratesim.model.JobLog;
import cratesim.sql.Attributes;
import cratesim.sql.SqlRelation;
import java.util.List;

/**
 * {@code sys.jobs} and {@code sys.jobs_log}: who is neither superuser nor holds AL sees his own
 * statements only.
 */
final class JobTables {
  private JobTables() {}

  static SqlRelation running(SystemCatalog.View view) {
    return new SqlRelation(
        attributes(view.cluster()).list(),
        () -> visible(view, view.cluster().jobs().running(view.cluster().now())));
  }

  static SqlRelation log(SystemCatalog.View view) {
    var attributes =
        attributes(view.cluster())
            .timestamp("ended", JobLog.Job::ended)
            .text("error", JobLog.Job::error)
            .object(
                "classification",
                kind -> kind.text("type", JobLog.Job::kind).texts("labels", job -> List.of()));
    return new SqlRelation(
        attributes.list(), () -> visible(view, view.cluster().jobs().ended(view.cluster().now())));
  }

  private static Attributes<JobLog.Job> attributes(ClusterModel cluster) {
    var attributes =
        new Attributes<JobLog.Job>()
            .text("id", JobLog.Job::id)
            .text("username", JobLog.Job::user)
            .object(
                "node",
                node ->
                    node.text("id", job -> cluster.members().get(0).id())
                        .text("name", job -> cluster.members().get(0).name()))
            .text("stmt", JobLog.Job::statement)
            .timestamp("started", JobLog.Job::started);
    return cluster.version().atLeast(6, 4)
        ? attributes.integer("session_id", JobLog.Job::session)
        : attributes;
  }

  private static List<JobLog.Job> visible(SystemCatalog.View view, List<JobLog.Job> jobs) {
    return view.access().mayAdminister(view.user())
        ? jobs
        : jobs.stream().filter(job -> job.user().equals(view.user())).toList();
  }
}
