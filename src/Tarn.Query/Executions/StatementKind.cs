using Tarn.Sql.Tree;

namespace Tarn.Query.Executions;

/// <summary>How Athena names a statement.</summary>
/// <param name="Type">DML, DDL or UTILITY.</param>
/// <param name="Substatement">The finer kind, such as <c>INSERT</c>; null where Athena's word is not known.</param>
internal sealed record StatementKind(string Type, string? Substatement)
{
    public static StatementKind Of(Statement statement) => new(TypeOf(statement), SubstatementOf(statement));

    private static string TypeOf(Statement statement) => statement switch
    {
        Statement.Select or Statement.Insert or Statement.Unload or Statement.ChangeRows
            or Statement.Execute => "DML",
        Statement.Explain or Statement.Describe or Statement.ShowDatabases or Statement.ShowTables
            or Statement.ShowColumns or Statement.ShowPartitions or Statement.ShowViews
            or Statement.ShowCreateTable or Statement.ShowCreateView or Statement.ShowTableProperties
            => "UTILITY",
        _ => "DDL",
    };

    /// <summary>The words of AWS's release notes and those that public projects saw Athena answer.</summary>
    private static string? SubstatementOf(Statement statement) => statement switch
    {
        Statement.Select => "SELECT",
        Statement.Insert => "INSERT",
        Statement.Unload => "UNLOAD",
        Statement.Explain => "EXPLAIN",
        Statement.CreateTable => "CREATE_TABLE",
        Statement.CreateTableAs => "CREATE_TABLE_AS_SELECT",
        Statement.CreateDatabase => "CREATE_DATABASE",
        Statement.DropDatabase => "DROP_DATABASE",
        Statement.DropTable => "DROP_TABLE",
        Statement.ShowTables => "SHOW_TABLES",
        Statement.ShowCreateTable => "SHOW_CREATE_TABLE",
        Statement.Describe => "DESCRIBE_TABLE",
        Statement.AddColumns => "ALTER_TABLE_ADD_COLUMN",
        Statement.DropColumn => "ALTER_TABLE_DROP_COLUMN",
        Statement.ReplaceColumns => "ALTER_TABLE_REPLACE_COLUMN",
        Statement.AddPartitions => "ALTER_TABLE_ADD_PARTITION",
        Statement.DropPartitions => "ALTER_TABLE_DROP_PARTITION",
        Statement.SetTableProperties => "ALTER_TABLE_PROPERTIES",
        Statement.SetLocation => "ALTER_TABLE_SET_LOCATION",
        _ => null,
    };
}
