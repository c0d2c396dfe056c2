using Tarn.Sql.Tree;

namespace Tarn.Sql.Printing;

/// <summary>Definitions of databases and tables in Hive's language.</summary>
internal static class DefinitionPrinter
{
    public static string Print(Statement statement) => statement switch
    {
        Statement.CreateDatabase create => $"CREATE DATABASE {(create.IfNotExists ? "IF NOT EXISTS " : "")}"
            + HiveText.Name(create.Name) + HiveText.Clause("COMMENT", create.Comment)
            + HiveText.Clause("LOCATION", create.Location)
            + (create.Properties.Count == 0 ? "" : $" WITH DBPROPERTIES {HiveText.Properties(create.Properties)}"),
        Statement.DropDatabase drop => $"DROP DATABASE {IfExists(drop.IfExists)}{HiveText.Name(drop.Name)}"
            + (drop.IsCascade ? " CASCADE" : ""),
        Statement.SetDatabaseProperties set =>
            $"ALTER DATABASE {HiveText.Name(set.Name)} SET DBPROPERTIES {HiveText.Properties(set.Properties)}",
        Statement.CreateTable create => CreateTable(create),
        Statement.DropTable drop => $"DROP TABLE {IfExists(drop.IfExists)}{HiveText.Table(drop.Table)}",
        Statement.DropView drop => $"DROP VIEW {IfExists(drop.IfExists)}{HiveText.Table(drop.View)}",
        Statement.RepairTable repair => $"MSCK REPAIR TABLE {HiveText.Table(repair.Table)}",
        Statement.AddPartitions add => Alter(add.Table, null) + $"ADD {(add.IfNotExists ? "IF NOT EXISTS " : "")}"
            + string.Join(' ', add.Partitions.Select(partition =>
                HiveText.Partition(partition.Partition) + HiveText.Clause("LOCATION", partition.Location))),
        Statement.DropPartitions drop => Alter(drop.Table, null) + $"DROP {IfExists(drop.IfExists)}"
            + string.Join(", ", drop.Partitions.Select(HiveText.Partition)),
        Statement.RenamePartition rename =>
            Alter(rename.Table, rename.From) + $"RENAME TO {HiveText.Partition(rename.To)}",
        Statement.AddColumns add => Alter(add.Table, add.Partition) + $"ADD COLUMNS {HiveText.Columns(add.Columns)}",
        Statement.ReplaceColumns replace =>
            Alter(replace.Table, replace.Partition) + $"REPLACE COLUMNS {HiveText.Columns(replace.Columns)}",
        Statement.ChangeColumn change => Alter(change.Table, change.Partition)
            + $"CHANGE COLUMN {HiveText.Name(change.Column)} {HiveText.Column(change.Definition)}"
            + (change.After switch { null => "", "" => " FIRST", var after => $" AFTER {HiveText.Name(after)}" }),
        Statement.DropColumn drop => Alter(drop.Table, null) + $"DROP COLUMN {HiveText.Name(drop.Column)}",
        Statement.SetTableProperties set =>
            Alter(set.Table, null) + $"SET TBLPROPERTIES {HiveText.Properties(set.Properties)}",
        Statement.SetLocation set => Alter(set.Table, set.Partition) + $"SET LOCATION {HiveText.Text(set.Location)}",
        _ => throw new InvalidOperationException($"no text of {statement.GetType().Name}"),
    };

    private static string IfExists(bool ifExists) => ifExists ? "IF EXISTS " : "";

    private static string Alter(TableRef table, PartitionSpec? partition) =>
        $"ALTER TABLE {HiveText.Table(table)} {(partition is null ? "" : $"{HiveText.Partition(partition)} ")}";

    private static string CreateTable(Statement.CreateTable create)
    {
        var partitioned = create.PartitionColumns.Count == 0
            ? ""
            : $" PARTITIONED BY {HiveText.Columns(create.PartitionColumns)}";
        var storage = create.StoredAs switch
        {
            null => "",
            { Name: { } name } => $" STORED AS {name}",
            var classes => $" STORED AS INPUTFORMAT {HiveText.Text(classes.InputFormat ?? "")} "
                + $"OUTPUTFORMAT {HiveText.Text(classes.OutputFormat ?? "")}",
        };
        return $"CREATE {(create.IsExternal ? "EXTERNAL " : "")}TABLE {(create.IfNotExists ? "IF NOT EXISTS " : "")}"
            + $"{HiveText.Table(create.Table)} {HiveText.Columns(create.Columns)}"
            + HiveText.Clause("COMMENT", create.Comment)
            + partitioned
            + (create.Bucketing is null ? "" : $" {HiveText.Bucketing(create.Bucketing)}")
            + (create.RowFormat is null ? "" : $" {HiveText.Format(create.RowFormat)}")
            + storage
            + HiveText.Clause("LOCATION", create.Location)
            + (create.Properties.Count == 0 ? "" : $" TBLPROPERTIES {HiveText.Properties(create.Properties)}");
    }
}
