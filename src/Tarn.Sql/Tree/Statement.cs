namespace Tarn.Sql.Tree;

/// <summary>A statement. The nested records are all there are.</summary>
public abstract record Statement
{
    /// <param name="Tables">Every table named in it (also names of CTEs), in order of appearance.</param>
    public sealed record Select(Query Query, IReadOnlyList<Relation.Table> Tables) : Statement;

    /// <param name="Pattern">Of LIKE: <c>*</c> matches anything, <c>|</c> separates choices; null: all.</param>
    public sealed record ShowDatabases(string? Pattern) : Statement;

    public sealed record ShowTables(string? Database, string? Pattern) : Statement;

    public sealed record ShowColumns(SqlPosition Position, string? Database, string Table) : Statement;

    public sealed record ShowPartitions(SqlPosition Position, string? Database, string Table) : Statement;

    public sealed record Describe(SqlPosition Position, string? Database, string Table) : Statement;

    /// <summary>A statement that is known but not run here, such as CREATE EXTERNAL TABLE.</summary>
    public sealed record Other(SqlPosition Position, string Name, string Hint) : Statement;
}
