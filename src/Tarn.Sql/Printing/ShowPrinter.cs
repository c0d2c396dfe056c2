using Tarn.Sql.Tree;

namespace Tarn.Sql.Printing;

/// <summary>SHOW and DESCRIBE.</summary>
internal static class ShowPrinter
{
    /// <summary>Null when the statement is neither.</summary>
    public static string? TryPrint(Statement statement) => statement switch
    {
        Statement.ShowDatabases show => "SHOW DATABASES" + HiveText.Clause("LIKE", show.Pattern),
        Statement.ShowTables show => $"SHOW TABLES{In(show.Database)}{HiveText.Clause("LIKE", show.Pattern)}",
        Statement.ShowViews show => $"SHOW VIEWS{In(show.Database)}{HiveText.Clause("LIKE", show.Pattern)}",
        Statement.ShowColumns show => $"SHOW COLUMNS IN {HiveText.Table(show.Table)}",
        Statement.ShowPartitions show => $"SHOW PARTITIONS {HiveText.Table(show.Table)}",
        Statement.ShowCreateTable show => $"SHOW CREATE TABLE {HiveText.Table(show.Table)}",
        Statement.ShowCreateView show => $"SHOW CREATE VIEW {HiveText.Table(show.View)}",
        Statement.ShowTableProperties show => $"SHOW TBLPROPERTIES {HiveText.Table(show.Table)}"
            + (show.Property is null ? "" : $" ({HiveText.Text(show.Property)})"),
        Statement.Describe describe => Describe(describe),
        _ => null,
    };

    private static string In(string? database) => database is null ? "" : $" IN {HiveText.Name(database)}";

    private static string Describe(Statement.Describe describe)
    {
        var mode = describe.Mode == DescribeMode.Plain ? "" : $"{describe.Mode.ToString().ToUpperInvariant()} ";
        var partition = describe.Partition is null ? "" : $" {HiveText.Partition(describe.Partition)}";
        var column = string.Join('.', describe.Column.Select(HiveText.Name));
        return $"DESCRIBE {mode}{HiveText.Table(describe.Table)}{partition}{(column.Length == 0 ? "" : $" {column}")}";
    }
}
