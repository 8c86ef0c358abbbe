package cratesim.tables;

import cratesim.model.SettingValue;
import cratesim.model.SimPartition;
import cratesim.model.SimTable;
import cratesim.model.TableSettings;
import cratesim.sql.Attribute;
import cratesim.sql.Attributes;
import cratesim.sql.SqlRelation;
import java.util.Collection;

/** {@code information_schema.table_partitions}: each with its values and settings of its own. */
final class PartitionTable {
  private static final Collection<Attribute> COLUMNS =
      new Attributes<SimPartition>()
          .text("table_schema", partition -> partition.table().schema())
          .text("table_name", partition -> partition.table().name())
          .text("partition_ident", SimPartition::ident)
          .open("values", SimPartition::values)
          .integer("number_of_shards", partition -> partition.table().numberOfShards())
          .text("number_of_replicas", partition -> partition.settings().replicas())
          .text("routing_hash_function", partition -> "Murmur3")
          .bool("closed", SimPartition::isClosed)
          .object("version", PartitionTable::version)
          .object("settings", PartitionTable::settings)
          .list();

  private PartitionTable() {}

  static SqlRelation relation(SystemCatalog.View view) {
    return new SqlRelation(
        COLUMNS,
        () ->
            view.tables()
                .filter(SimTable::isPartitioned)
                .flatMap(table -> table.partitions().stream())
                .toList());
  }

  private static void version(Attributes<SimPartition> version) {
    version.text("created", p -> p.table().createdIn()).text("upgraded", p -> null);
  }

  private static void settings(Attributes<SimPartition> settings) {
    SettingValue.add(
        settings, TableSettings.defaults(), (partition, name) -> partition.settings().value(name));
  }
}
