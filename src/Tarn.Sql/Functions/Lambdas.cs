using Tarn.Primitives.Errors;
using Tarn.Sql.Errors;
using Tarn.Sql.Translation;
using Tarn.Sql.Types;

namespace Tarn.Sql.Functions;

/// <summary>Array functions that take a lambda.</summary>
internal static class Lambdas
{
    public static Typed? Transform(SpecialCall call)
    {
        call.RequireArguments(2, 2);
        var (parameter, body) = Read(call);
        return new Typed($"list_transform({call[0].Sql}, lambda {parameter}: {body.Sql})", SqlType.Array(body.Type));
    }

    public static Typed? Filter(SpecialCall call)
    {
        call.RequireArguments(2, 2);
        var (parameter, body) = Condition(call);
        return new Typed($"list_filter({call[0].Sql}, lambda {parameter}: {body})", call[0].Type);
    }

    public static Typed? All(SpecialCall call) => Match(call, decides: "false");

    public static Typed? Any(SpecialCall call) => Match(call, decides: "true");

    public static Typed? None(SpecialCall call)
    {
        var any = Match(call, decides: "true");
        return any with { Sql = $"(NOT {any.Sql})" };
    }

    /// <summary>Insertion sort: the comparator says how many of those before stay before.</summary>
    public static Typed? Sort(SpecialCall call)
    {
        call.RequireArguments(1, 2);
        if (call.Count == 1)
        {
            return null;
        }

        var element = Element(call);
        var (a, b, c) = (call.State.NewName("x"), call.State.NewName("x"), call.State.NewName("x"));
        if (call.Bind(1, (c, element), ($"{b}.e", element)) is not { Type.IsNumeric: true } order)
        {
            throw Wrong(call, "a lambda of two elements that gives -1, 0 or 1");
        }

        var list = $"{element.DuckDbName}[]";
        var step = $"list_transform([len(list_filter({a}.s, lambda {c}: {order.Sql} <= 0))], "
            + $"lambda n: {a}.s[1 : n] || [{b}.e] || {a}.s[n + 1 :])[1]";
        var folded = Fold(call[0].Sql, $"CAST([] AS {list})", list, step, (a, b));
        return new Typed($"(CASE WHEN {call[0].Sql} IS NOT NULL THEN {folded} END)", call[0].Type);
    }

    /// <summary>reduce(array, state, (s, x) -> s, s -> r).</summary>
    public static Typed? Reduce(SpecialCall call)
    {
        call.RequireArguments(4, 4);
        var element = Element(call);
        var state = call[1].Type;
        var (a, b, o) = (call.State.NewName("x"), call.State.NewName("x"), call.State.NewName("x"));
        var step = call.Bind(2, ($"{a}.s", state), ($"{b}.e", element)) ?? throw Wrong(call, "a lambda (s, x) -> s");
        if (!step.Type.Equals(state))
        {
            state = Coercion.Common(state, step.Type) ?? throw Wrong(call, $"a lambda that gives {state}");
            step = call.Bind(2, ($"{a}.s", state), ($"{b}.e", element))!.Value;
        }

        var result = call.Bind(3, (o, state)) ?? throw Wrong(call, "a lambda s -> r");
        var folded = Fold(
            call[0].Sql, DuckText.Coerce(call[1], state), state.DuckDbName, DuckText.Coerce(step, state), (a, b));
        return new Typed(
            $"(CASE WHEN {call[0].Sql} IS NOT NULL THEN list_transform([{folded}], lambda {o}: {result.Sql})[1] END)",
            result.Type);
    }

    public static Typed? ZipWith(SpecialCall call)
    {
        call.RequireArguments(3, 3);
        if (call[0].Type.Kind != TypeKind.Array || call[1].Type.Kind != TypeKind.Array)
        {
            throw call.Mismatch();
        }

        var (a, b) = (call[0].Sql, call[1].Sql);
        var index = call.State.NewName("x");
        var body = call.Bind(
            2,
            ($"({a})[{index}]", call[0].Type.Arguments[0]),
            ($"({b})[{index}]", call[1].Type.Arguments[0])) ?? throw Wrong(call, "a lambda (x, y) -> r");
        return new Typed(
            $"(CASE WHEN {a} IS NOT NULL AND {b} IS NOT NULL THEN list_transform("
                + $"range(1, greatest(len({a}), len({b})) + 1), lambda {index}: {body.Sql}) END)",
            SqlType.Array(body.Type));
    }

    /// <summary>
    /// DuckDB's reduce has one type for state and element: both travel in one struct. The step sees the state as
    /// <c>.s</c> of the first name and the element as <c>.e</c> of the second.
    /// </summary>
    public static string Fold(
        string list, string start, string stateType, string step, (string State, string Element) names) =>
        $"list_reduce(list_transform({list}, lambda e: struct_pack(s := CAST(NULL AS {stateType}), e := e)), "
            + $"lambda {names.State}, {names.Element}: struct_pack(s := {step}, e := {names.Element}.e), "
            + $"struct_pack(s := {start}, e := ({list})[1])).s";

    public static TarnException Wrong(SpecialCall call, string wanted) =>
        SqlErrors.TypeMismatch(call.Call.Position, $"{call.Call.Name} takes {wanted}");

    private static Typed Match(SpecialCall call, string decides)
    {
        call.RequireArguments(2, 2);
        var (parameter, body) = Condition(call);
        var otherwise = decides == "true" ? "false" : "true";
        return new Typed(
            $"list_transform([list_transform({call[0].Sql}, lambda {parameter}: {body})], "
                + $"lambda k: CASE WHEN k IS NULL THEN NULL WHEN list_contains(k, {decides}) THEN {decides} "
                + $"WHEN list_count(k) < len(k) THEN NULL ELSE {otherwise} END)[1]",
            SqlType.Boolean);
    }

    private static (string Parameter, string Body) Condition(SpecialCall call)
    {
        var (parameter, body) = Read(call);
        return body.Type.Kind is TypeKind.Boolean or TypeKind.Unknown
            ? (parameter, DuckText.Coerce(body, SqlType.Boolean))
            : throw SqlErrors.TypeMismatch(
                call.Call.Arguments[1].Position,
                $"{call.Call.Name} takes a lambda that gives a boolean, not {body.Type}");
    }

    private static (string Parameter, Typed Body) Read(SpecialCall call) =>
        call.Lambda(1, Element(call)) ?? throw Wrong(call, "an array and a lambda such as x -> x + 1");

    private static SqlType Element(SpecialCall call) => call[0].Type.Kind == TypeKind.Array
        ? call[0].Type.Arguments[0]
        : throw Wrong(call, "an array and a lambda such as x -> x + 1");
}
