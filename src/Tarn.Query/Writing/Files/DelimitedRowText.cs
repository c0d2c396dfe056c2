using Tarn.Sql.Translation;
using Tarn.Sql.Types;

namespace Tarn.Query.Writing.Files;

/// <summary>
/// DuckDB's expression that prints a row as LazySimpleSerDe reads it. A text that would be read back as something else
/// (it holds a delimiter or a line's end and nothing escapes it, or it is the word for NULL) fails the statement: rows
/// are never torn silently.
/// </summary>
internal sealed class DelimitedRowText(TextLayout layout)
{
    public string Line(IReadOnlyList<WriteColumn> columns)
    {
        var separators = columns.Max(column => Depth(column.Type)) + 1;
        var fields = columns.Select(
            column => Field(DuckText.Name(column.Name), column.Type, level: 1, separators, column.Name));
        return string.Join($" || {DuckText.Text(layout.FieldDelimiter)} || ", fields);
    }

    /// <param name="level">Of the separator inside the value.</param>
    /// <param name="separators">How many levels are in use in the row, whose separators no text may hold.</param>
    private string Field(string x, SqlType type, int level, int separators, string column) =>
        $"coalesce({Value(x, type, level, separators, column)}, {DuckText.Text(layout.NullText)})";

    private string Value(string x, SqlType type, int level, int separators, string column)
    {
        var item = $"e{level}";
        string Inner(string value, SqlType of, int deeper) => Field(value, of, deeper, separators, column);
        var separator = type.Arguments.Count > 0 ? DuckText.Text(layout.Separator(level)) : "";
        return type.Kind switch
        {
            TypeKind.Varbinary => $"to_base64({x})",
            TypeKind.Double or TypeKind.Real => $"CASE WHEN isnan({x}) THEN 'NaN' WHEN NOT isfinite({x}) THEN "
                + $"CASE WHEN {x} > 0 THEN 'Infinity' ELSE '-Infinity' END ELSE CAST({x} AS VARCHAR) END",
            TypeKind.Array => $"array_to_string(list_transform({x}, "
                + $"lambda {item}: {Inner(item, type.Arguments[0], level + 1)}), {separator})",
            TypeKind.Map => $"array_to_string(list_transform(map_entries({x}), "
                + $"lambda {item}: {Inner($"{item}.key", type.Arguments[0], level + 2)} || "
                + $"{DuckText.Text(layout.Separator(level + 1))} || "
                + $"{Inner($"{item}.value", type.Arguments[1], level + 2)}), {separator})",
            TypeKind.Row => $"CASE WHEN {x} IS NULL THEN NULL ELSE " + string.Join(
                $" || {separator} || ",
                type.Arguments.Select((field, i) => Inner(
                    $"({x}).{DuckText.Name(type.FieldKey(i))}", field, level + 1))) + " END",
            _ when IsText(type) => Text(x, separators, column),
            _ => $"CAST({x} AS VARCHAR)",
        };
    }

    private static bool IsText(SqlType type) =>
        type.ToString() is var name && (name.StartsWith("varchar", StringComparison.Ordinal)
            || name.StartsWith("char", StringComparison.Ordinal));

    private string Text(string x, int separators, string column)
    {
        var held = Enumerable.Range(0, separators).Select(layout.Separator).ToList();
        var escaped = x;
        if (layout.Escape.Length > 0)
        {
            foreach (var mark in held.Prepend(layout.Escape))
            {
                escaped = $"replace({escaped}, {DuckText.Text(mark)}, {DuckText.Text(layout.Escape + mark)})";
            }

            held.Clear();
        }

        var tests = held.Append("\n").Append("\r").Select(mark => $"contains({x}, {DuckText.Text(mark)})")
            .Append($"{x} = {DuckText.Text(layout.NullText)}");
        var message = $"HIVE_WRITER_DATA_ERROR: a text of column '{column}' holds a delimiter, the end of a line or "
            + "the word for NULL, which this text format cannot hold";
        return $"CASE WHEN {string.Join(" OR ", tests)} THEN error({DuckText.Text(message)}) ELSE {escaped} END";
    }

    /// <summary>Levels of separators inside a value.</summary>
    private static int Depth(SqlType type) => type.Kind switch
    {
        TypeKind.Array or TypeKind.Row => 1 + type.Arguments.Max(Depth),
        TypeKind.Map => 2 + type.Arguments.Max(Depth),
        _ => 0,
    };
}
