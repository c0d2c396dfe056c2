using Tarn.Sql.Errors;
using Tarn.Sql.Lexing;
using Tarn.Sql.Parsing;
using Tarn.Sql.Tree;

namespace Tarn.Sql;

/// <summary>
/// Athena's language to a tree. Pure; throws Invalid or Unsupported with <c>line l:c:</c> in the message.
/// </summary>
public static class SqlParser
{
    private static readonly Dictionary<string, string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["CREATE"] = "tables come from lake.yaml, the Glue API, delivery streams and jobs",
        ["DROP"] = "use the Glue API",
        ["ALTER"] = "use the Glue API",
        ["INSERT"] = "a job writes tables: see jobs/*.sql",
        ["DELETE"] = "objects are deleted through the S3 API",
        ["UPDATE"] = "tables of files are not updated in place",
        ["MERGE"] = "tables of files are not updated in place",
        ["UNLOAD"] = "a job writes Parquet: see jobs/*.sql",
        ["MSCK"] = "partitions are registered by delivery streams, jobs and the Glue API",
        ["EXPLAIN"] = "the estimate of a query is shown before it runs",
        ["PREPARE"] = "send the query itself",
        ["EXECUTE"] = "send the query itself",
        ["DEALLOCATE"] = "send the query itself",
        ["TRUNCATE"] = "objects are deleted through the S3 API",
        ["ANALYZE"] = "no statistics are kept",
        ["SET"] = "",
        ["USE"] = "name the database in the request",
        ["GRANT"] = "",
        ["REVOKE"] = "",
        ["CALL"] = "",
        ["REFRESH"] = "",
    };

    /// <summary>Parses one statement; a final semicolon is allowed.</summary>
    public static Statement Parse(string text)
    {
        var tokens = new TokenReader(text);
        var statement = ParseStatement(tokens);
        if (statement is not Statement.Other)
        {
            tokens.AcceptSymbol(";");
            if (tokens.Current.Kind != TokenKind.End)
            {
                throw tokens.Mismatch("<EOF>");
            }
        }

        return statement;
    }

    private static Statement ParseStatement(TokenReader tokens)
    {
        var position = tokens.Position;
        var queries = new QueryParser(tokens);
        if (queries.AtQuery() || tokens.AtSymbol("("))
        {
            var query = queries.ParseQuery();
            return new Statement.Select(query, tokens.Tables);
        }

        if (tokens.Accept("SHOW"))
        {
            return ParseShow(tokens, position);
        }

        if (tokens.Accept("DESCRIBE") || tokens.Accept("DESC"))
        {
            if (tokens.At("FORMATTED") || tokens.At("EXTENDED"))
            {
                throw SqlErrors.Unsupported(
                    tokens.Position, $"DESCRIBE {tokens.Current.Text} is not supported", "use DESCRIBE");
            }

            var (database, table) = ParseTable(tokens);
            return new Statement.Describe(position, database, table);
        }

        if (tokens.Current.Kind == TokenKind.Word && Known.TryGetValue(tokens.Current.Text, out var hint))
        {
            return new Statement.Other(position, Describe(tokens), hint);
        }

        throw tokens.Mismatch("'('", "'DESCRIBE'", "'SELECT'", "'SHOW'", "'TABLE'", "'VALUES'", "'WITH'");
    }

    /// <summary>The statement's leading words, such as CREATE EXTERNAL TABLE.</summary>
    private static string Describe(TokenReader tokens)
    {
        string[] follow = [
            "OR",
            "REPLACE",
            "EXTERNAL",
            "TABLE",
            "VIEW",
            "DATABASE",
            "SCHEMA",
            "REPAIR",
            "INTO",
            "FROM",
            "MATERIALIZED"];
        var words = new List<string> { tokens.Next().Text.ToUpperInvariant() };
        while (follow.Any(tokens.At))
        {
            words.Add(tokens.Next().Text.ToUpperInvariant());
        }

        return string.Join(' ', words);
    }

    private static Statement ParseShow(TokenReader tokens, SqlPosition position)
    {
        if (tokens.Accept("DATABASES") || tokens.Accept("SCHEMAS"))
        {
            return new Statement.ShowDatabases(ParsePattern(tokens));
        }

        if (tokens.Accept("TABLES"))
        {
            var database = tokens.Accept("IN") || tokens.Accept("FROM") ? tokens.ExpectName().Text : null;
            return new Statement.ShowTables(database, ParsePattern(tokens));
        }

        if (tokens.Accept("COLUMNS"))
        {
            if (!tokens.Accept("IN") && !tokens.Accept("FROM"))
            {
                throw tokens.Mismatch("'FROM'", "'IN'");
            }

            var (database, table) = ParseTable(tokens);
            database = tokens.Accept("IN") || tokens.Accept("FROM") ? tokens.ExpectName().Text : database;
            return new Statement.ShowColumns(position, database, table);
        }

        if (tokens.Accept("PARTITIONS"))
        {
            var (database, table) = ParseTable(tokens);
            return new Statement.ShowPartitions(position, database, table);
        }

        return tokens.Current.Kind == TokenKind.Word
            ? new Statement.Other(
                position,
                "SHOW " + tokens.Current.Text.ToUpperInvariant(),
                "SHOW DATABASES, TABLES, COLUMNS and PARTITIONS are supported")
            : throw tokens.Mismatch("'COLUMNS'", "'DATABASES'", "'PARTITIONS'", "'SCHEMAS'", "'TABLES'");
    }

    private static (string? Database, string Table) ParseTable(TokenReader tokens)
    {
        var first = tokens.ExpectName().Text;
        return tokens.AcceptSymbol(".") ? (first, tokens.ExpectName().Text) : (null, first);
    }

    private static string? ParsePattern(TokenReader tokens)
    {
        tokens.Accept("LIKE");
        return tokens.Current.Kind == TokenKind.Text ? tokens.Next().Text : null;
    }
}
