using Tarn.Sql.Errors;
using Tarn.Sql.Lexing;
using Tarn.Sql.Tree;

namespace Tarn.Sql.Parsing;

/// <summary>Statements around a query, which speak Trino's language.</summary>
internal sealed class TrinoStatementParser(TokenReader tokens, QueryParser queries, Func<Statement> inner)
{
    public Statement.Select ParseSelect() => new(queries.ParseQuery(), tokens.Tables);

    /// <summary>A statement that begins here; null when it is none of these.</summary>
    public Statement? TryParse(SqlPosition position)
    {
        switch (tokens.AcceptAny(
            "EXPLAIN", "PREPARE", "EXECUTE", "DEALLOCATE", "INSERT", "UNLOAD", "DELETE", "UPDATE", "MERGE"))
        {
            case "EXPLAIN": return ParseExplain(position);
            case "PREPARE": return ParsePrepare(position);
            case "EXECUTE": return ParseExecute(position);
            case "DEALLOCATE":
                tokens.Expect("PREPARE");
                return new Statement.Deallocate(position, tokens.ExpectName().Text);
            case "INSERT": return ParseInsert(position);
            case "UNLOAD": return ParseUnload(position);
            case "DELETE":
                tokens.Expect("FROM");
                return new Statement.ChangeRows(position, "DELETE", ParseTable());
            case "UPDATE": return new Statement.ChangeRows(position, "UPDATE", ParseTable());
            case "MERGE":
                tokens.Expect("INTO");
                return new Statement.ChangeRows(position, "MERGE", ParseTable());
            default: return null;
        }
    }

    /// <summary>After CREATE: a view, or a table that a query fills; null when it is neither.</summary>
    public Statement? TryParseCreate(SqlPosition position)
    {
        if (tokens.At("OR") || tokens.At("VIEW"))
        {
            return ParseView(position);
        }

        if (!tokens.At("TABLE"))
        {
            return null;
        }

        var ahead = tokens.Peek().Is("IF") ? 4 : 1;
        while (tokens.Peek(ahead + 1).IsSymbol("."))
        {
            ahead += 2;
        }

        return tokens.Peek(ahead + 1).Is("AS") || tokens.Peek(ahead + 1).Is("WITH") ? ParseTableAs(position) : null;
    }

    private TableRef ParseTable()
    {
        var position = tokens.Position;
        var parts = new List<string> { tokens.ExpectName().Text };
        while (parts.Count < 3 && tokens.AcceptSymbol("."))
        {
            parts.Add(tokens.ExpectName().Text);
        }

        var catalog = parts.Count == 3 ? parts[0] : null;
        return new TableRef(position, catalog, parts.Count > 1 ? parts[^2] : null, parts[^1]);
    }

    private Statement.Explain ParseExplain(SqlPosition position)
    {
        var isAnalyze = tokens.Accept("ANALYZE");
        var isVerbose = isAnalyze && tokens.Accept("VERBOSE");
        string? type = null;
        string? format = null;
        if (tokens.AtSymbol("(") && (tokens.Peek().Is("FORMAT") || tokens.Peek().Is("TYPE")))
        {
            tokens.ListInParentheses(() =>
            {
                if (!isAnalyze && tokens.Accept("TYPE"))
                {
                    return type = tokens.ExpectAny("LOGICAL", "DISTRIBUTED", "VALIDATE", "IO");
                }

                tokens.Expect("FORMAT");
                return format = tokens.ExpectAny("TEXT", "GRAPHVIZ", "JSON");
            });
        }

        return new Statement.Explain(position, tokens.Nest(inner), isAnalyze, isVerbose, type, format);
    }

    private Statement.Prepare ParsePrepare(SqlPosition position)
    {
        var name = tokens.ExpectName().Text;
        tokens.Expect("FROM");
        var start = tokens.Current;
        var statement = inner();
        return statement is Statement.Prepare or Statement.Execute or Statement.Deallocate or Statement.Other
            ? throw SqlErrors.Invalid(
                "NOT_SUPPORTED", start.Position, "Invalid statement type for prepared statement: " + start.Text)
            : new Statement.Prepare(position, name, statement, tokens.TextSince(start));
    }

    private Statement.Execute ParseExecute(SqlPosition position)
    {
        if (tokens.At("IMMEDIATE"))
        {
            throw SqlErrors.Unsupported(position, "EXECUTE IMMEDIATE is not supported", "use PREPARE and EXECUTE");
        }

        var name = tokens.ExpectName().Text;
        return new Statement.Execute(
            position, name, tokens.Accept("USING") ? tokens.List(queries.ParseExpression) : []);
    }

    private Statement.Insert ParseInsert(SqlPosition position)
    {
        tokens.Expect("INTO");
        var table = ParseTable();
        List<Identifier> columns = [];
        if (tokens.AtSymbol("(") && !queries.AtNestedQuery())
        {
            columns = tokens.ListInParentheses(() => tokens.ExpectName());
        }

        return new Statement.Insert(position, table, columns, queries.ParseQuery(), tokens.Tables);
    }

    private Statement.Unload ParseUnload(SqlPosition position)
    {
        tokens.ExpectSymbol("(");
        var query = queries.ParseQuery();
        tokens.ExpectSymbol(")");
        tokens.Expect("TO");
        var location = tokens.ExpectText();
        tokens.Expect("WITH");
        return new Statement.Unload(position, query, location, ParseProperties(), tokens.Tables);
    }

    private List<Property> ParseProperties() => tokens.ListInParentheses(() =>
    {
        var name = tokens.Current.Kind == TokenKind.Word
            ? new Identifier(tokens.Position, tokens.Next().Text)
            : tokens.ExpectName();
        tokens.ExpectSymbol("=");
        return new Property(name.Position, name.Text.ToLowerInvariant(), queries.ParseExpression());
    });

    private Statement.CreateView ParseView(SqlPosition position)
    {
        var orReplace = tokens.Accept("OR");
        if (orReplace)
        {
            tokens.Expect("REPLACE");
        }

        tokens.Expect("VIEW");
        var view = ParseTable();
        if (tokens.AtSymbol("(") || tokens.AtAny("COMMENT", "SECURITY", "WITH"))
        {
            throw SqlErrors.Unsupported(
                tokens.Position,
                $"{(tokens.AtSymbol("(") ? "a column list" : tokens.Current.Text.ToUpperInvariant())} of a view "
                    + "is not supported",
                "name the columns in the SELECT with AS");
        }

        tokens.Expect("AS");
        var start = tokens.Current;
        var query = queries.ParseQuery();
        return tokens.Parameters > 0
            ? throw SqlErrors.Invalid(
                "INVALID_PARAMETER_USAGE", start.Position, "a view's query cannot have parameters")
            : new Statement.CreateView(position, view, orReplace, query, tokens.TextSince(start), tokens.Tables);
    }

    private Statement.CreateTableAs ParseTableAs(SqlPosition position)
    {
        tokens.Expect("TABLE");
        var ifNotExists = tokens.Accept("IF", "NOT", "EXISTS");
        var table = ParseTable();
        List<Property> properties = tokens.Accept("WITH") ? ParseProperties() : [];
        tokens.Expect("AS");
        var query = queries.ParseQuery();
        var withData = true;
        if (tokens.Accept("WITH"))
        {
            withData = !tokens.Accept("NO");
            tokens.Expect("DATA");
        }

        return new Statement.CreateTableAs(position, table, ifNotExists, properties, query, withData, tokens.Tables);
    }
}
