using Tarn.Primitives.Errors;
using Tarn.Sql.Translation;
using Tarn.Sql.Types;

namespace Tarn.Query.Writing.Files;

/// <summary>DuckDB's expression that prints a row as a JSON object on one line.</summary>
internal static class JsonRowText
{
    public static string Line(IReadOnlyList<WriteColumn> columns)
    {
        var fields = columns.Select(
            column => $"{DuckText.Name(column.Name)} := {Value(DuckText.Name(column.Name), column.Type, depth: 0)}");
        return $"CAST(to_json(struct_pack({string.Join(", ", fields)})) AS VARCHAR)";
    }

    /// <summary>What to_json would print wrongly, made into what it prints well.</summary>
    private static string Value(string x, SqlType type, int depth)
    {
        if (!NeedsCare(type))
        {
            return x;
        }

        var item = $"e{depth}";
        return type.Kind switch
        {
            TypeKind.Varbinary => throw new TarnException(
                ErrorKind.Unsupported,
                "format JSON cannot hold varbinary",
                hint: "write to_base64(x) or to_hex(x)") { Code = "NOT_SUPPORTED" },
            TypeKind.Double => Finite(x, x),
            TypeKind.Real => Finite(x, $"CAST(CAST({x} AS VARCHAR) AS DOUBLE)"),
            TypeKind.Array => $"list_transform({x}, lambda {item}: {Value(item, type.Arguments[0], depth + 1)})",
            TypeKind.Map => $"map_from_entries(list_transform(map_entries({x}), lambda {item}: "
                + $"{{'k': {item}.key, 'v': {Value($"{item}.value", type.Arguments[1], depth + 1)}}}))",
            _ => $"CASE WHEN {x} IS NULL THEN NULL ELSE struct_pack({Fields(x, type, depth)}) END",
        };
    }

    private static string Fields(string x, SqlType row, int depth) => string.Join(
        ", ",
        row.Arguments.Select((field, i) =>
        {
            var name = DuckText.Name(row.FieldKey(i));
            return $"{name} := {Value($"({x}).{name}", field, depth + 1)}";
        }));

    /// <summary>JSON has no word for NaN and infinity; as texts they can be read again.</summary>
    private static string Finite(string x, string printed) =>
        $"CASE WHEN isfinite({x}) THEN to_json({printed}) WHEN isnan({x}) THEN to_json('NaN') "
        + $"WHEN {x} > 0 THEN to_json('Infinity') WHEN {x} < 0 THEN to_json('-Infinity') END";

    private static bool NeedsCare(SqlType type) =>
        type.Kind is TypeKind.Varbinary or TypeKind.Double or TypeKind.Real || type.Arguments.Any(NeedsCare);
}
