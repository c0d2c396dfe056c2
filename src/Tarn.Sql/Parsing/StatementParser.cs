using Tarn.Sql.Errors;
using Tarn.Sql.Lexing;
using Tarn.Sql.Tree;

namespace Tarn.Sql.Parsing;

/// <summary>One statement by its first words; Hive's own are read with Hive's strings and names.</summary>
internal sealed class StatementParser
{
    private static readonly Dictionary<string, string> Refused = new(StringComparer.OrdinalIgnoreCase)
    {
        ["TRUNCATE"] = "objects are deleted through the S3 API",
        ["ANALYZE"] = "no statistics are kept",
        ["OPTIMIZE"] = "a compaction job rewrites small files: see jobs",
        ["VACUUM"] = "tables of files keep no versions",
        ["SET"] = "",
        ["RESET"] = "",
        ["USE"] = "name the database in the request",
        ["GRANT"] = "",
        ["REVOKE"] = "",
        ["DENY"] = "",
        ["CALL"] = "",
        ["REFRESH"] = "",
        ["COMMENT"] = "",
        ["START"] = "",
        ["COMMIT"] = "",
        ["ROLLBACK"] = "",
        ["USING"] = "external functions (USING EXTERNAL FUNCTION) are not run",
    };

    private readonly TokenReader _tokens;
    private readonly HiveReader _hive;
    private readonly QueryParser _queries;

    public StatementParser(string text)
    {
        _tokens = new TokenReader(text, IsHive(Lexer.ReadStart(text, 16)));
        _hive = new HiveReader(_tokens);
        _queries = new QueryParser(_tokens);
    }

    /// <summary>The statement, which a semicolon may end.</summary>
    public Statement Parse()
    {
        var statement = ParseStatement();
        if (statement is not (Statement.Other or Statement.ChangeRows))
        {
            _tokens.AcceptSymbol(";");
            if (_tokens.Current.Kind != TokenKind.End)
            {
                throw _tokens.MismatchAfter("<EOF>");
            }
        }

        return statement;
    }

    private static bool IsHive(IReadOnlyList<Token> start)
    {
        var at = 0;
        Token Next() => at < start.Count ? start[at++] : default;
        var first = Next();
        if (first.Is("ALTER") || first.Is("MSCK") || first.Is("DROP") || first.Is("SHOW") || first.Is("DESCRIBE")
            || first.Is("DESC"))
        {
            return true;
        }

        if (!first.Is("CREATE"))
        {
            return false;
        }

        var kind = Next();
        if (!kind.Is("TABLE"))
        {
            return kind.Is("EXTERNAL") || kind.Is("DATABASE") || kind.Is("SCHEMA");
        }

        // CREATE TABLE a.b AS and WITH are Trino's, anything else is Hive's.
        var token = Next();
        while (token.Is("IF") || token.Is("NOT") || token.Is("EXISTS"))
        {
            token = Next();
        }

        for (token = Next(); token.IsSymbol("."); token = Next())
        {
            Next();
        }

        return !token.Is("AS") && !token.Is("WITH");
    }

    private Statement ParseStatement()
    {
        var position = _tokens.Position;
        var trino = new TrinoStatementParser(_tokens, _queries, ParseStatement);
        if (_queries.AtQuery() || _tokens.AtSymbol("("))
        {
            return trino.ParseSelect();
        }

        if (_tokens.AcceptAny("SHOW", "DESCRIBE", "DESC", "ALTER", "MSCK", "CREATE", "DROP") is { } word)
        {
            var shows = new ShowParser(_tokens, _hive);
            return word switch
            {
                "SHOW" => shows.ParseShow(position),
                "DESCRIBE" or "DESC" => shows.ParseDescribe(position),
                "ALTER" => new AlterParser(_tokens, _hive).Parse(position),
                "MSCK" => ParseRepair(position),
                "DROP" => ParseDrop(position),
                _ => ParseCreate(position, trino),
            };
        }

        if (trino.TryParse(position) is { } statement)
        {
            return statement;
        }

        if (_tokens.Current.Kind == TokenKind.Word && Refused.TryGetValue(_tokens.Current.Text, out var hint))
        {
            return new Statement.Other(position, Words("TABLE", "INTO", "FROM", "SESSION", "VIEW"), hint);
        }

        throw _tokens.Mismatch(
            "'ALTER'", "'CREATE'", "'DEALLOCATE'", "'DELETE'", "'DESC'", "'DESCRIBE'", "'DROP'", "'EXECUTE'",
            "'EXPLAIN'", "'INSERT'", "'MERGE'", "'MSCK'", "'PREPARE'", "'SHOW'", "'UNLOAD'", "'UPDATE'", "<query>");
    }

    /// <summary>The present word and those of <paramref name="follow"/> behind it.</summary>
    private string Words(params string[] follow)
    {
        var words = new List<string> { _tokens.Next().Text.ToUpperInvariant() };
        while (_tokens.AtAny(follow))
        {
            words.Add(_tokens.Next().Text.ToUpperInvariant());
        }

        return string.Join(' ', words);
    }

    private Statement.RepairTable ParseRepair(SqlPosition position)
    {
        _tokens.Expect("REPAIR");
        _tokens.Expect("TABLE");
        return new Statement.RepairTable(position, _hive.Table());
    }

    private Statement ParseDrop(SqlPosition position)
    {
        switch (_tokens.AcceptAny("TABLE", "VIEW", "DATABASE", "SCHEMA"))
        {
            case "TABLE":
                var ifExists = _tokens.Accept("IF", "EXISTS");
                return new Statement.DropTable(position, _hive.Table(), ifExists);
            case "VIEW":
                var ifViewExists = _tokens.Accept("IF", "EXISTS");
                return new Statement.DropView(position, _hive.Table(), ifViewExists);
            case not null:
                var ifDatabaseExists = _tokens.Accept("IF", "EXISTS");
                var name = _hive.Name("<database>");
                return new Statement.DropDatabase(
                    position, name, ifDatabaseExists, _tokens.AcceptAny("RESTRICT", "CASCADE") == "CASCADE");
        }

        return _tokens.AtAny("MATERIALIZED", "FUNCTION", "ROLE", "CATALOG", "INDEX")
            ? new Statement.Other(position, $"DROP {Words("VIEW")}", "")
            : throw _tokens.Mismatch("'DATABASE'", "'SCHEMA'", "'TABLE'", "'VIEW'");
    }

    private Statement ParseCreate(SqlPosition position, TrinoStatementParser trino)
    {
        if (trino.TryParseCreate(position) is { } statement)
        {
            return statement;
        }

        if (_tokens.AtAny("TABLE", "EXTERNAL", "DATABASE", "SCHEMA"))
        {
            return new TableDefinitionParser(_tokens, _hive).Parse(position);
        }

        return _tokens.AtAny("MATERIALIZED", "FUNCTION", "ROLE", "CATALOG", "INDEX", "PROTECTED", "TEMPORARY", "TEMP")
            ? new Statement.Other(position, $"CREATE {Words("TABLE", "VIEW", "MULTI", "DIALECT", "FUNCTION")}", "")
            : throw _tokens.Mismatch("'DATABASE'", "'EXTERNAL'", "'OR'", "'SCHEMA'", "'TABLE'", "'VIEW'");
    }
}
