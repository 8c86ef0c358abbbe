package cratesim.tables;

import cratesim.model.ClusterModel;
import cratesim.model.SettingValue;
import cratesim.model.SimSettings;
import cratesim.sql.Attributes;
import cratesim.sql.SqlRelation;
import java.util.List;

/** {@code sys.cluster}: one row, with the settings in force. */
final class ClusterTable {
  private ClusterTable() {}

  static SqlRelation relation(SystemCatalog.View view) {
    var attributes =
        new Attributes<ClusterModel>()
            .text("id", ClusterModel::id)
            .text("name", ClusterModel::name)
            .text("master_node", cluster -> cluster.members().get(0).id())
            .text("state", cluster -> "")
            .open("license", cluster -> null)
            .object("settings", ClusterTable::settings);
    return new SqlRelation(attributes.list(), () -> List.of(view.cluster()));
  }

  private static void settings(Attributes<ClusterModel> settings) {
    SettingValue.add(
        settings, SimSettings.defaults(), (cluster, name) -> cluster.settings().value(name));
  }
}
