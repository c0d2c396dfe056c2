using Tarn.Sql.Parsing;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Printing;

/// <summary>Names, strings and types in Trino's spelling.</summary>
internal static class NameText
{
    /// <summary>Words that may be names but mean something else in some places.</summary>
    private static readonly HashSet<string> Soft = new(StringComparer.OrdinalIgnoreCase)
    {
        "ABSENT", "ALL", "ANY", "ARRAY", "ASC", "AT", "BERNOULLI", "CONDITIONAL", "COUNT", "CURRENT", "DATA", "DATE",
        "DECIMAL", "DESC", "EMPTY", "ENCODING", "ERROR", "FETCH", "FILTER", "FIRST", "FOLLOWING", "FORMAT", "GROUPS",
        "IF", "IGNORE", "IMMEDIATE", "INTERVAL", "KEEP", "KEY", "KEYS", "LAST", "LATERAL", "LIMIT", "MATCH_RECOGNIZE",
        "NEXT", "NO", "NULLS", "OFFSET", "OMIT", "ONLY", "ORDINALITY", "OVER", "OVERFLOW", "PARTITION", "PASSING",
        "PRECEDING", "PRECISION", "QUOTES", "RANGE", "RESPECT", "RETURNING", "ROW", "ROWS", "SECURITY", "SETS", "SHOW",
        "SOME", "SYSTEM", "TABLESAMPLE", "TIES", "TIME", "TIMESTAMP", "TO", "TRUNCATE", "TRY_CAST", "UNBOUNDED",
        "UNCONDITIONAL", "UNIQUE", "VALUE", "VIEW", "WINDOW", "WITHIN", "WITHOUT", "WRAPPER", "ZONE",
    };

    /// <summary>Functions whose names are keywords and that are still written plainly.</summary>
    private static readonly HashSet<string> PlainFunctions = new(StringComparer.Ordinal)
    {
        "array", "count", "date", "filter", "first", "grouping", "if", "last", "left", "ltrim", "right", "row_number",
        "rtrim", "substring", "timestamp", "trim", "view",
    };

    public static string Name(Identifier name) => Name(name.Text);

    public static string Name(string name) =>
        IsPlain(name) && !Keywords.IsReserved(name) && !Soft.Contains(name)
            ? name
            : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    public static string Names(IEnumerable<Identifier> names) => string.Join(", ", names.Select(Name));

    public static string Function(string name) => PlainFunctions.Contains(name) ? name
        : name is "position" or "row" or "try_cast" or "normalize" or "listagg" ? $"\"{name}\""
        : Name(name);

    public static string Table(TableRef table) => string.Join(
        '.', new[] { table.Catalog, table.Database, table.Name }.OfType<string>().Select(Name));

    public static string Text(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    public static string Type(SqlType type) => type.Kind switch
    {
        TypeKind.Array => $"array({Type(type.Arguments[0])})",
        TypeKind.Map => $"map({Type(type.Arguments[0])}, {Type(type.Arguments[1])})",
        TypeKind.Row => $"row({string.Join(", ", type.Arguments.Select((field, i) => Field(type, field, i)))})",
        _ => type.ToString(),
    };

    /// <summary>The type of a cast; <paramref name="length"/> is n of varchar(n).</summary>
    public static string Type(SqlType type, int? length) =>
        length is null || type.Kind != TypeKind.Varchar
            ? Type(type)
            : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"varchar({length})");

    private static string Field(SqlType row, SqlType field, int index) => row.FieldNames[index].Length == 0
        ? Type(field)
        : $"\"{row.FieldNames[index].Replace("\"", "\"\"", StringComparison.Ordinal)}\" {Type(field)}";

    public static bool IsPlain(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
