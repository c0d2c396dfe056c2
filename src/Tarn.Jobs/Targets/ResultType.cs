using System.Text.RegularExpressions;
using Tarn.Primitives.Errors;

namespace Tarn.Jobs.Targets;

/// <summary>
/// A column type of a result as Hive writes it, and what the column is cast to on its way into Parquet.
/// </summary>
/// <param name="Hive">Such as <c>decimal(10,2)</c> or <c>array&lt;string&gt;</c>.</param>
/// <param name="Cast">DuckDB type to cast to, or null when Parquet holds the type as it is.</param>
internal sealed partial record ResultType(string Hive, string? Cast)
{
    /// <summary>
    /// The type for a DuckDB type. Fails with Unsupported for those that a Hive table cannot hold;
    /// <paramref name="column"/> is named then.
    /// </summary>
    public static ResultType Of(string duckDbType, string column)
    {
        var hive = Map(duckDbType.Trim(), column);
        return new ResultType(hive, CastOf(duckDbType.Trim()));
    }

    private static string Map(string type, string column)
    {
        if (type.EndsWith(']'))
        {
            return $"array<{Map(type[..type.LastIndexOf('[')].Trim(), column)}>";
        }

        if (Inner(type, "STRUCT") is { } fields)
        {
            return $"struct<{string.Join(',', Split(fields).Select(field => MapField(field, column)))}>";
        }

        if (Inner(type, "MAP") is { } pair && Split(pair) is [var key, var value])
        {
            return $"map<{Map(key, column)},{Map(value, column)}>";
        }

        if (Inner(type, "ENUM") is not null)
        {
            return "string";
        }

        return type switch
        {
            "BOOLEAN" => "boolean",
            "TINYINT" => "tinyint",
            "SMALLINT" or "UTINYINT" => "smallint",
            "INTEGER" or "USMALLINT" => "int",
            "BIGINT" or "UINTEGER" or "HUGEINT" => "bigint",
            "UBIGINT" => "decimal(20,0)",
            "FLOAT" => "float",
            "DOUBLE" => "double",
            "VARCHAR" or "JSON" or "\"NULL\"" => "string",
            "BLOB" => "binary",
            "DATE" => "date",
            "TIMESTAMP" or "TIMESTAMP_S" or "TIMESTAMP_MS" or "TIMESTAMP_NS" => "timestamp",
            _ when DecimalType().IsMatch(type) => type.ToLowerInvariant().Replace(" ", "", StringComparison.Ordinal),
            _ => throw new TarnException(
                ErrorKind.Unsupported,
                $"column '{column}' has type {type}, which a Parquet table cannot hold",
                hint: "cast it in the SELECT, such as CAST(x AS timestamp) or CAST(x AS varchar)"),
        };
    }

    private static string MapField(string field, string column)
    {
        var match = FieldType().Match(field);
        var name = match.Groups["quoted"].Success ? match.Groups["quoted"].Value : match.Groups["plain"].Value;
        return FieldName().IsMatch(name)
            ? $"{name.ToLowerInvariant()}:{Map(match.Groups["type"].Value, column)}"
            : throw new TarnException(
                ErrorKind.Unsupported,
                $"column '{column}' has a field '{name}', which a Parquet table cannot hold",
                hint: "name fields with [a-z0-9_]");
    }

    private static string? CastOf(string type) => type switch
    {
        "UTINYINT" => "SMALLINT",
        "USMALLINT" => "INTEGER",
        "UINTEGER" or "HUGEINT" => "BIGINT",
        "UBIGINT" => "DECIMAL(20,0)",
        "TIMESTAMP_S" or "TIMESTAMP_MS" or "TIMESTAMP_NS" => "TIMESTAMP",
        "JSON" or "\"NULL\"" => "VARCHAR",
        _ when type.StartsWith("ENUM(", StringComparison.Ordinal) => "VARCHAR",
        _ => null,
    };

    private static string? Inner(string type, string name) =>
        type.StartsWith(name + "(", StringComparison.Ordinal) && type.EndsWith(')')
            ? type[(name.Length + 1)..^1]
            : null;

    /// <summary>Parts between commas that stand outside of brackets and quotes.</summary>
    private static List<string> Split(string text)
    {
        var parts = new List<string>();
        var (depth, start, isQuoted) = (0, 0, false);
        for (var i = 0; i < text.Length; i++)
        {
            isQuoted ^= text[i] == '"';
            depth += isQuoted ? 0 : text[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (text[i] == ',' && depth == 0 && !isQuoted)
            {
                parts.Add(text[start..i].Trim());
                start = i + 1;
            }
        }

        parts.Add(text[start..].Trim());
        return parts;
    }

    [GeneratedRegex(@"\ADECIMAL\(\d+, ?\d+\)\z")]
    private static partial Regex DecimalType();

    [GeneratedRegex(@"\A[A-Za-z0-9_]+\z")]
    private static partial Regex FieldName();

    [GeneratedRegex("""\A(?:"(?<quoted>[^"]*)"|(?<plain>\S+)) (?<type>.+)\z""")]
    private static partial Regex FieldType();
}
