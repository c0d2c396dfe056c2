using Tarn.Sql.Lexing;
using Tarn.Sql.Tree;

namespace Tarn.Sql.Parsing;

/// <summary>SHOW and DESCRIBE.</summary>
internal sealed class ShowParser(TokenReader tokens, HiveReader hive)
{
    /// <summary>After SHOW.</summary>
    public Statement ParseShow(SqlPosition position)
    {
        if (tokens.Accept("DATABASES") || tokens.Accept("SCHEMAS"))
        {
            return new Statement.ShowDatabases(position, ParsePattern());
        }

        if (tokens.Accept("TABLES"))
        {
            return new Statement.ShowTables(position, ParseDatabase(), ParsePattern());
        }

        if (tokens.Accept("VIEWS"))
        {
            return new Statement.ShowViews(position, ParseDatabase(), ParsePattern());
        }

        if (tokens.Accept("COLUMNS"))
        {
            return ParseColumns(position);
        }

        if (tokens.Accept("PARTITIONS"))
        {
            return new Statement.ShowPartitions(position, hive.Table());
        }

        if (tokens.Accept("CREATE", "TABLE"))
        {
            return new Statement.ShowCreateTable(position, hive.Table());
        }

        if (tokens.Accept("CREATE", "VIEW"))
        {
            return new Statement.ShowCreateView(position, hive.Table());
        }

        if (tokens.Accept("TBLPROPERTIES"))
        {
            return ParseProperties(position);
        }

        return tokens.AtAny("CATALOGS", "FUNCTIONS", "GRANTS", "ROLE", "ROLES", "SESSION", "STATS", "BRANCHES")
            ? new Statement.Other(
                position,
                "SHOW " + tokens.Current.Text.ToUpperInvariant(),
                "SHOW COLUMNS, CREATE TABLE, CREATE VIEW, DATABASES, PARTITIONS, TABLES, TBLPROPERTIES and VIEWS are")
            : throw tokens.Mismatch(
                "'COLUMNS'", "'CREATE'", "'DATABASES'", "'PARTITIONS'", "'SCHEMAS'", "'TABLES'", "'TBLPROPERTIES'",
                "'VIEWS'");
    }

    /// <summary>After DESCRIBE.</summary>
    public Statement.Describe ParseDescribe(SqlPosition position)
    {
        // A table may bear these names: they are modes only when a name follows.
        var mode = DescribeMode.Plain;
        if (tokens.Peek().Kind is TokenKind.Word or TokenKind.BackquotedName or TokenKind.QuotedName)
        {
            mode = tokens.Accept("EXTENDED") ? DescribeMode.Extended
                : tokens.Accept("FORMATTED") ? DescribeMode.Formatted
                : DescribeMode.Plain;
        }

        var table = hive.Table();
        var partition = hive.OptionalPartition();
        var path = new List<string>();
        if (hive.AtName())
        {
            path.Add(hive.Column());
            while (tokens.AcceptSymbol("."))
            {
                path.Add(tokens.Current.Kind == TokenKind.Text ? tokens.Next().Text : hive.Column());
            }
        }

        return new Statement.Describe(position, table, mode, path, partition);
    }

    private Statement.ShowColumns ParseColumns(SqlPosition position)
    {
        tokens.ExpectAny("FROM", "IN");
        var table = hive.Table();
        var database = tokens.AcceptAny("FROM", "IN") is null ? null : hive.Name("<database>");
        return new Statement.ShowColumns(position, database is null ? table : table with { Database = database });
    }

    private Statement.ShowTableProperties ParseProperties(SqlPosition position)
    {
        var table = hive.Table();
        string? property = null;
        if (tokens.AcceptSymbol("("))
        {
            property = hive.Text();
            tokens.ExpectSymbol(")");
        }

        return new Statement.ShowTableProperties(position, table, property);
    }

    private string? ParseDatabase()
    {
        if (tokens.AcceptAny("IN", "FROM") is null)
        {
            return null;
        }

        // The catalog may stand before it.
        var name = hive.Name("<database>");
        return tokens.AcceptSymbol(".") ? hive.Name("<database>") : name;
    }

    private string? ParsePattern()
    {
        var isNeeded = tokens.Accept("LIKE");
        return isNeeded || tokens.Current.Kind == TokenKind.Text ? hive.Text() : null;
    }
}
