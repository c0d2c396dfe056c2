namespace Tarn.Sql.Tree;

/// <summary>
/// Patterns are Hive's: <c>*</c> matches anything, <c>|</c> separates choices; null is all.
/// </summary>
public abstract partial record Statement
{
    public sealed record ShowDatabases(SqlPosition Position, string? Pattern) : Statement(Position);

    public sealed record ShowTables(SqlPosition Position, string? Database, string? Pattern) : Statement(Position);

    public sealed record ShowViews(SqlPosition Position, string? Database, string? Pattern) : Statement(Position);

    public sealed record ShowColumns(SqlPosition Position, TableRef Table) : Statement(Position);

    public sealed record ShowPartitions(SqlPosition Position, TableRef Table) : Statement(Position);

    public sealed record ShowCreateTable(SqlPosition Position, TableRef Table) : Statement(Position);

    public sealed record ShowCreateView(SqlPosition Position, TableRef View) : Statement(Position);

    /// <param name="Property">The one asked for; null: all.</param>
    public sealed record ShowTableProperties(SqlPosition Position, TableRef Table, string? Property)
        : Statement(Position);

    /// <param name="Column">The column asked for and the path into it, such as <c>a.$elem$.b</c>; empty: all.</param>
    public sealed record Describe(
        SqlPosition Position,
        TableRef Table,
        DescribeMode Mode,
        IReadOnlyList<string> Column,
        PartitionSpec? Partition) : Statement(Position);
}
