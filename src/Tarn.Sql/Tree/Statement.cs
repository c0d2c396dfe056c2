namespace Tarn.Sql.Tree;

/// <summary>
/// A statement. The nested records are all there are: queries and what surrounds them here, definitions of tables in
/// <c>Statement.Definitions.cs</c>, SHOW and DESCRIBE in <c>Statement.Shows.cs</c>. Names of databases, tables and
/// columns are as written; Hive's columns and property names of WITH are in lower case.
/// </summary>
public abstract partial record Statement(SqlPosition Position)
{
    /// <param name="Tables">Every table named in it (also names of CTEs), in order of appearance.</param>
    public sealed record Select(Query Query, IReadOnlyList<Relation.Table> Tables) : Statement(Query.Position);

    /// <param name="Type">LOGICAL, DISTRIBUTED, VALIDATE, IO, or null.</param>
    /// <param name="Format">TEXT, GRAPHVIZ, JSON, or null.</param>
    public sealed record Explain(
        SqlPosition Position, Statement Inner, bool IsAnalyze, bool IsVerbose, string? Type, string? Format)
        : Statement(Position);

    /// <param name="Text">The inner statement as written, without a final semicolon.</param>
    public sealed record Prepare(SqlPosition Position, string Name, Statement Inner, string Text)
        : Statement(Position);

    public sealed record Execute(SqlPosition Position, string Name, IReadOnlyList<Expression> Arguments)
        : Statement(Position);

    public sealed record Deallocate(SqlPosition Position, string Name) : Statement(Position);

    /// <param name="Columns">Empty: the query's columns in the table's order.</param>
    public sealed record Insert(
        SqlPosition Position,
        TableRef Table,
        IReadOnlyList<Identifier> Columns,
        Query Query,
        IReadOnlyList<Relation.Table> Tables) : Statement(Position);

    /// <param name="Properties">Of WITH: format, compression, partitioned_by, field_delimiter.</param>
    public sealed record Unload(
        SqlPosition Position,
        Query Query,
        string Location,
        IReadOnlyList<Property> Properties,
        IReadOnlyList<Relation.Table> Tables) : Statement(Position);

    /// <summary>DELETE, UPDATE or MERGE, which tables of files refuse; what follows the table is not kept.</summary>
    public sealed record ChangeRows(SqlPosition Position, string Kind, TableRef Table) : Statement(Position);

    /// <summary>A statement that is known but not run here, such as TRUNCATE TABLE.</summary>
    public sealed record Other(SqlPosition Position, string Name, string Hint) : Statement(Position);
}
