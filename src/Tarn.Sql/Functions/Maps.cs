using Tarn.Sql.Translation;
using Tarn.Sql.Types;

namespace Tarn.Sql.Functions;

/// <summary>Map functions whose text depends on the types inside, or that take a lambda.</summary>
internal static class Maps
{
    public static Typed? Create(SpecialCall call) => call.Count == 0
        ? new Typed("map(CAST([] AS INTEGER[]), CAST([] AS INTEGER[]))", SqlType.Map(SqlType.Unknown, SqlType.Unknown))
        : null;

    public static Typed? Concat(SpecialCall call)
    {
        call.RequireArguments(1, int.MaxValue);
        var maps = Enumerable.Range(0, call.Count).Select(i => call[i]).ToList();
        var type = ExpressionTranslator.CommonType(
            call.Call.Position, "All map_concat operands must be the same type", maps);
        if (type.Kind != TypeKind.Map)
        {
            throw call.Mismatch();
        }

        var texts = maps.Select(map => DuckText.Coerce(map, type)).ToList();
        return texts.Count == 1 ? new Typed(texts[0], type) : new Typed(
            $"(CASE WHEN {string.Join(" AND ", texts.Select(text => $"{text} IS NOT NULL"))} "
                + $"THEN map_concat({string.Join(", ", texts)}) END)",
            type);
    }

    public static Typed? Entries(SpecialCall call)
    {
        var type = Type(call, 0, 1);
        return new Typed(
            $"list_transform(map_entries({call[0].Sql}), lambda e: struct_pack(field0 := e.key, field1 := e.value))",
            SqlType.Array(SqlType.Row(["", ""], type.Arguments)));
    }

    public static Typed? FromEntries(SpecialCall call)
    {
        var (row, entry) = Row(call);
        var fail = Operators.Fail(
            "INVALID_FUNCTION_ARGUMENT: map entry cannot be null",
            SqlType.Row(["key", "value"], row.Arguments),
            call.State);
        return new Typed(
            $"map_from_entries(list_transform({call[0].Sql}, "
                + $"lambda e: CASE WHEN e IS NULL THEN {fail} ELSE {entry} END))",
            SqlType.Map(row.Arguments[0], row.Arguments[1]));
    }

    public static Typed? MultimapFromEntries(SpecialCall call)
    {
        var (row, entry) = Row(call);
        return new Typed(
            Casts.Let(
                $"list_transform({call[0].Sql}, lambda e: {entry})",
                list => $"(CASE WHEN {list} IS NOT NULL THEN {Group(list)} END)"),
            SqlType.Map(row.Arguments[0], SqlType.Array(row.Arguments[1])));
    }

    public static Typed? Filter(SpecialCall call)
    {
        var type = Type(call, 0, 2);
        var e = call.State.NewName("x");
        var test = call.Bind(1, ($"{e}.key", type.Arguments[0]), ($"{e}.value", type.Arguments[1]));
        return test?.Type.Kind is TypeKind.Boolean or TypeKind.Unknown
            ? new Typed(
                $"map_from_entries(list_filter(map_entries({call[0].Sql}), lambda {e}: {test.Value.Sql}))", type)
            : throw Lambdas.Wrong(call, "a lambda (k, v) -> boolean");
    }

    public static Typed? TransformKeys(SpecialCall call)
    {
        var (type, e, body) = Transform(call);
        return new Typed(
            $"map_from_entries(list_transform(map_entries({call[0].Sql}), "
                + $"lambda {e}: struct_pack(key := {body.Sql}, value := {e}.value)))",
            SqlType.Map(body.Type, type.Arguments[1]));
    }

    public static Typed? TransformValues(SpecialCall call)
    {
        var (type, e, body) = Transform(call);
        return new Typed(
            $"map_from_entries(list_transform(map_entries({call[0].Sql}), "
                + $"lambda {e}: struct_pack(key := {e}.key, value := {body.Sql})))",
            SqlType.Map(type.Arguments[0], body.Type));
    }

    public static Typed? ZipWith(SpecialCall call)
    {
        var (a, b) = (Type(call, 0, 3), Type(call, 1, 3));
        var key = Coercion.Common(a.Arguments[0], b.Arguments[0]) ?? throw call.Mismatch();
        var x = DuckText.Coerce(call[0], SqlType.Map(key, a.Arguments[1]));
        var y = DuckText.Coerce(call[1], SqlType.Map(key, b.Arguments[1]));
        var e = call.State.NewName("x");
        var body = call.Bind(2, (e, key), ($"({x})[{e}]", a.Arguments[1]), ($"({y})[{e}]", b.Arguments[1]))
            ?? throw Lambdas.Wrong(call, "a lambda (k, v1, v2) -> v");
        var keys = $"(map_keys({x}) || list_filter(map_keys({y}), lambda e: NOT map_contains({x}, e)))";
        return new Typed(
            $"(CASE WHEN {x} IS NOT NULL AND {y} IS NOT NULL "
                + $"THEN map({keys}, list_transform({keys}, lambda {e}: {body.Sql})) END)",
            SqlType.Map(key, body.Type));
    }

    /// <summary>A list of (key, value) as a map; of equal keys the first counts.</summary>
    public static string Unique(string list) => Casts.Let(
        $"list_sort(list_transform({list}, lambda e, i: struct_pack(k := e.key, i := i, v := e.value)))",
        s => $"map_from_entries(list_transform(list_filter({s}, lambda e, i: i = 1 OR ({s})[i - 1].k <> e.k), "
            + "lambda e: struct_pack(key := e.k, value := e.v)))");

    /// <summary>A list of (key, value) as a map of lists, in the order of the list.</summary>
    public static string Group(string list) =>
        $"list_transform([list_transform([list_transform({list}, lambda e: e.key)], "
            + "lambda q: list_filter(q, lambda e, i: list_position(q, e) = i))[1]], "
            + "lambda g: map(g, list_transform(g, lambda n: "
            + $"list_transform(list_filter({list}, lambda e: e.key = n), lambda e: e.value))))[1]";

    private static (SqlType Type, string Entry, Typed Body) Transform(SpecialCall call)
    {
        var type = Type(call, 0, 2);
        var e = call.State.NewName("x");
        return (type, e, call.Bind(1, ($"{e}.key", type.Arguments[0]), ($"{e}.value", type.Arguments[1]))
            ?? throw Lambdas.Wrong(call, "a map and a lambda (k, v) -> r"));
    }

    private static SqlType Type(SpecialCall call, int index, int count)
    {
        call.RequireArguments(count, count);
        return call[index].Type.Kind == TypeKind.Map ? call[index].Type : throw call.Mismatch();
    }

    private static (SqlType Row, string Entry) Row(SpecialCall call)
    {
        call.RequireArguments(1, 1);
        return call[0].Type is { Kind: TypeKind.Array, Arguments: [{ Kind: TypeKind.Row, Arguments.Count: 2 } row] }
            ? (row, $"struct_pack(key := e.{DuckText.Name(row.FieldKey(0))}, "
                + $"value := e.{DuckText.Name(row.FieldKey(1))})")
            : throw call.Mismatch();
    }
}
