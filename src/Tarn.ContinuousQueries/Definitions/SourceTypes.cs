using System.Globalization;
using Tarn.ContinuousQueries.Statements;
using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Definitions;

/// <summary>The types a source's column may have, under all the names DuckDB knows them by.</summary>
internal static class SourceTypes
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["BOOLEAN"] = "BOOLEAN", ["BOOL"] = "BOOLEAN", ["LOGICAL"] = "BOOLEAN",
        ["INTEGER"] = "INTEGER", ["INT"] = "INTEGER", ["INT4"] = "INTEGER", ["SIGNED"] = "INTEGER",
        ["BIGINT"] = "BIGINT", ["INT8"] = "BIGINT", ["LONG"] = "BIGINT",
        ["DOUBLE"] = "DOUBLE", ["FLOAT8"] = "DOUBLE",
        ["VARCHAR"] = "VARCHAR", ["TEXT"] = "VARCHAR", ["STRING"] = "VARCHAR",
        ["DATE"] = "DATE",
        ["TIMESTAMP"] = "TIMESTAMP", ["DATETIME"] = "TIMESTAMP",
        ["TIMESTAMPTZ"] = "TIMESTAMPTZ",
        ["JSON"] = "JSON",
    };

    private static readonly Dictionary<string, string> Wider = new(StringComparer.OrdinalIgnoreCase)
    {
        ["TINYINT"] = "INTEGER", ["SMALLINT"] = "INTEGER", ["UTINYINT"] = "INTEGER", ["USMALLINT"] = "INTEGER",
        ["UINTEGER"] = "BIGINT", ["UBIGINT"] = "DECIMAL(18,0) or VARCHAR", ["HUGEINT"] = "DECIMAL(18,0) or VARCHAR",
        ["FLOAT"] = "DOUBLE", ["REAL"] = "DOUBLE", ["FLOAT4"] = "DOUBLE",
        ["STRUCT"] = "JSON", ["MAP"] = "JSON", ["LIST"] = "JSON", ["UUID"] = "VARCHAR", ["TIME"] = "VARCHAR",
        ["INTERVAL"] = "VARCHAR", ["BLOB"] = "VARCHAR", ["CHAR"] = "VARCHAR",
    };

    /// <summary>Reads a type and returns DuckDB's name of it.</summary>
    public static string Take(TokenReader tokens, string column)
    {
        var word = tokens.TakeName($"the type of column '{column}'");
        if (word.Equals("DECIMAL", StringComparison.OrdinalIgnoreCase)
            || word.Equals("NUMERIC", StringComparison.OrdinalIgnoreCase))
        {
            return TakeDecimal(tokens, column);
        }

        if (!Names.TryGetValue(word, out var type))
        {
            throw new TarnException(
                ErrorKind.Unsupported,
                $"type {word.ToUpperInvariant()} of column '{column}' is not supported in a source",
                hint: Wider.TryGetValue(word, out var wider) ? $"use {wider}" : Suggestion.Hint(word, Names.Keys));
        }

        if (type == "DOUBLE")
        {
            _ = tokens.TryTake("PRECISION");
        }
        else if (type == "TIMESTAMP" && tokens.TryTake("WITH", "TIME", "ZONE"))
        {
            type = "TIMESTAMPTZ";
        }

        if (tokens.Current is { } next && (next.Is("(") || next.Is("[")))
        {
            throw new TarnException(
                ErrorKind.Unsupported,
                $"type {word.ToUpperInvariant()}{next.Text}...  of column '{column}' is not supported in a source",
                hint: next.Is("[") ? "use JSON" : $"use {type}");
        }

        return type;
    }

    private static string TakeDecimal(TokenReader tokens, string column)
    {
        var (precision, scale) = (18, 3);
        if (tokens.TryTake("("))
        {
            precision = TakeNumber(tokens);
            scale = tokens.TryTake(",") ? TakeNumber(tokens) : 0;
            tokens.Take(")");
        }

        if (precision is < 1 or > 18 || scale > precision)
        {
            throw new TarnException(
                ErrorKind.Unsupported,
                $"type DECIMAL({precision},{scale}) of column '{column}' is not supported in a source",
                hint: "use at most 18 digits, of which at most all after the point");
        }

        return string.Create(CultureInfo.InvariantCulture, $"DECIMAL({precision},{scale})");
    }

    private static int TakeNumber(TokenReader tokens)
    {
        if (tokens.Current is { Kind: SqlTokenKind.Number } token
            && int.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            tokens.TakeAny("a number");
            return number;
        }

        throw tokens.Expected("a number");
    }
}
