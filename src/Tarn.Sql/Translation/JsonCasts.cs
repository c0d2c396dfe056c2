using Tarn.Sql.Types;

namespace Tarn.Sql.Translation;

/// <summary>Casts to JSON and from it, part by part.</summary>
internal static class JsonCasts
{
    /// <summary>The value's JSON text (NULL for NULL); null when the type has none.</summary>
    public static string? Print(Typed value)
    {
        var (type, sql) = (value.Type, value.Sql);
        switch (type.Kind)
        {
            case TypeKind.Json: return $"CAST({sql} AS VARCHAR)";
            case TypeKind.Boolean or TypeKind.Decimal or TypeKind.Real or TypeKind.Double:
                return TextOf.Value(value);
            case TypeKind.Array:
                return Part("e", type.Arguments[0]) is not { } element ? null
                    : $"('[' || array_to_string(list_transform({sql}, lambda e: {element}), ',') || ']')";
            case TypeKind.Map: return PrintMap(value);
            case TypeKind.Row: return PrintRow(value);
            case TypeKind.Varbinary or TypeKind.IntervalDayToSecond or TypeKind.IntervalYearToMonth: return null;
            default:
                return type.IsInteger || type.Kind == TypeKind.Unknown ? $"CAST({sql} AS VARCHAR)"
                    : TextOf.Value(value) is { } text ? $"CAST(to_json({text}) AS VARCHAR)"
                    : null;
        }
    }

    /// <summary>The JSON <paramref name="sql"/>, a name, as the target; null when Trino has no such cast.</summary>
    public static string? Read(string sql, SqlType target, Casts casts)
    {
        var kind = $"json_type({sql})";
        var text = new Typed($"json_extract_string({sql}, '$')", SqlType.Varchar);
        switch (target.Kind)
        {
            case TypeKind.Json: return sql;
            case TypeKind.Array:
                return Read("e", target.Arguments[0], casts) is not { } element ? null : Only(
                    sql, "ARRAY", $"list_transform(CAST({sql} AS JSON[]), lambda e: {element})", target, casts);
            case TypeKind.Map: return ReadMap(sql, target, casts);
            case TypeKind.Row: return ReadRow(sql, target, casts);
            case TypeKind.Varchar:
                return $"(CASE WHEN {kind} IN ('OBJECT', 'ARRAY') "
                    + $"THEN {casts.Fail("Cannot cast JSON to varchar", target)} ELSE {text.Sql} END)";
            case TypeKind.Boolean:
                return $"(CASE WHEN {kind} IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN CAST({text.Sql} AS DOUBLE) <> 0 "
                    + $"WHEN {kind} = 'NULL' THEN NULL ELSE {casts.Convert(text, target)} END)";
            default:
                if (!target.IsNumeric)
                {
                    return null;
                }

                // A number with a fraction is rounded into an integer, a text with one is not.
                var fraction = target.IsInteger
                    ? $"WHEN {kind} = 'DOUBLE' THEN "
                        + casts.Convert(new Typed($"CAST({text.Sql} AS DOUBLE)", SqlType.Double), target) + " "
                    : "";
                return $"(CASE WHEN {kind} = 'BOOLEAN' THEN CAST(CAST({text.Sql} AS BOOLEAN) AS {target.DuckDbName}) "
                    + $"{fraction}WHEN {kind} = 'NULL' THEN NULL ELSE {casts.Convert(text, target)} END)";
        }
    }

    private static string? Part(string name, SqlType type) =>
        Print(new Typed(name, type)) is { } text ? $"coalesce({text}, 'null')" : null;

    /// <summary>Members in the order of their names.</summary>
    private static string? PrintMap(Typed value)
    {
        var (key, type) = (value.Type.Arguments[0], value.Type.Arguments[1]);
        var name = key.Kind == TypeKind.Unknown ? "CAST(m.key AS VARCHAR)" : TextOf.Value(new Typed("m.key", key));
        if (name is null || Part("m.value", type) is not { } part)
        {
            return null;
        }

        var pairs = $"list_transform(map_entries({value.Sql}), lambda m: struct_pack(k := {name}, v := {part}))";
        return $"('{{' || array_to_string(list_transform(list_sort({pairs}), "
            + "lambda p: CAST(to_json(p.k) AS VARCHAR) || ':' || p.v), ',') || '}')";
    }

    private static string? PrintRow(Typed value)
    {
        var members = new List<string>();
        for (var i = 0; i < value.Type.Arguments.Count; i++)
        {
            var field = DuckText.Field(value, i);
            if (Part(field.Sql, field.Type) is not { } part)
            {
                return null;
            }

            members.Add($"CAST(to_json({DuckText.Text(value.Type.FieldNames[i])}) AS VARCHAR) || ':' || {part}");
        }

        return $"(CASE WHEN {value.Sql} IS NOT NULL THEN '{{' || {string.Join(" || ',' || ", members)} || '}}' END)";
    }

    private static string? ReadMap(string sql, SqlType target, Casts casts)
    {
        if (Read("e", target.Arguments[1], casts) is not { } value)
        {
            return null;
        }

        var key = casts.Convert(new Typed("n", SqlType.Varchar), target.Arguments[0]);
        var entries = $"CAST({sql} AS MAP(VARCHAR, JSON))";
        return Only(
            sql,
            "OBJECT",
            $"map(list_transform(map_keys({entries}), lambda n: {key}), "
                + $"list_transform(map_values({entries}), lambda e: {value}))",
            target,
            casts);
    }

    /// <summary>From an object by name, from an array by position.</summary>
    private static string? ReadRow(string sql, SqlType target, Casts casts)
    {
        var (named, placed) = (new List<string>(), new List<string>());
        for (var i = 0; i < target.Arguments.Count; i++)
        {
            if (Read("e", target.Arguments[i], casts) is not { } value)
            {
                return null;
            }

            var name = target.FieldNames[i].Replace("\"", "\\\"", StringComparison.Ordinal);
            named.Add(Field(target, i, $"json_extract({sql}, {DuckText.Text($"$.\"{name}\"")})", value));
            placed.Add(Field(target, i, $"json_extract({sql}, '$[{i}]')", value));
        }

        return $"(CASE {Kind(sql)} WHEN 'OBJECT' THEN struct_pack({string.Join(", ", named)}) "
            + $"WHEN 'ARRAY' THEN CASE WHEN json_array_length({sql}) = {target.Arguments.Count} "
            + $"THEN struct_pack({string.Join(", ", placed)}) ELSE {casts.Fail("Cannot cast JSON to row", target)} END "
            + $"WHEN 'NULL' THEN NULL ELSE {casts.Fail("Cannot cast JSON to row", target)} END)";
    }

    private static string Field(SqlType row, int index, string json, string value) =>
        $"{DuckText.Name(row.FieldKey(index))} := list_transform([{json}], lambda e: {value})[1]";

    private static string Only(string sql, string kind, string then, SqlType target, Casts casts) =>
        $"(CASE {Kind(sql)} WHEN '{kind}' THEN {then} WHEN 'NULL' THEN NULL "
            + $"ELSE {casts.Fail($"Cannot cast JSON to {target.BaseName}", target)} END)";

    /// <summary>A value that is no JSON at all, such as a member that is missing, counts as null.</summary>
    private static string Kind(string sql) => $"coalesce(json_type({sql}), 'NULL')";
}
