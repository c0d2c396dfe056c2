using System.Globalization;
using Tarn.Sql.Errors;
using Tarn.Sql.Translation;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Sql.Functions;

/// <summary>
/// Functions whose text or type depends on more than the argument types: literal units and patterns, lambdas, any
/// arity.
/// </summary>
internal static class SpecialFunctions
{
    private static readonly Dictionary<string, Func<SpecialCall, Typed?>> Table = Join(new(StringComparer.Ordinal)
    {
        ["listagg"] = GrammarFunctions.ListAgg,
        ["grouping"] = GrammarFunctions.Grouping,
        ["coalesce"] = Conditionals.Coalesce,
        ["nullif"] = Conditionals.NullIf,
        ["if"] = Conditionals.If,
        ["try"] = Conditionals.Try,
        ["greatest"] = Conditionals.Extreme,
        ["least"] = Conditionals.Extreme,
        ["typeof"] = TypeOf,
        ["concat"] = TextCalls.Concat,
        ["substring"] = call => call.Again("substr"),
        ["ceiling"] = call => call.Again("ceil"),
        ["mod"] = call => call.Operator("%"),
        ["round"] = DecimalRounding.Round,
        ["ceil"] = DecimalRounding.Ceil,
        ["floor"] = DecimalRounding.Ceil,
        ["normalize"] = TextCalls.Normalize,
        ["format"] = TextCalls.Format,
        ["truncate"] = DecimalRounding.Truncate,
        ["sign"] = DecimalRounding.Sign,
        ["regexp_like"] = Patterns.Like,
        ["regexp_count"] = Patterns.Count,
        ["regexp_split"] = Patterns.Split,
        ["regexp_position"] = Patterns.Position,
        ["regexp_extract"] = Patterns.Extract,
        ["regexp_extract_all"] = Patterns.Extract,
        ["regexp_replace"] = Patterns.Replace,
    });

    public static IEnumerable<string> Names => Table.Keys;

    /// <summary>
    /// The call in DuckDB's words; null when there is no such special function or it leaves the call to the rows.
    /// </summary>
    public static Typed? Translate(SpecialCall call) =>
        Table.TryGetValue(call.Call.Name, out var special) ? special(call) : null;

    /// <summary>The argument stays in the text, so that a query of typeof(sum(x)) is still one of aggregates.</summary>
    private static Typed? TypeOf(SpecialCall call)
    {
        call.RequireArguments(1, 1);
        var name = DuckText.Text(call[0].Type.ToString());
        return new Typed($"(CASE WHEN false AND ({call[0].Sql}) IS NULL THEN '' ELSE {name} END)", SqlType.Varchar);
    }

    private static Dictionary<string, Func<SpecialCall, Typed?>> Join(Dictionary<string, Func<SpecialCall, Typed?>> own)
    {
        foreach (var (name, special) in MomentSpecials.Table.Concat(NestedSpecials.Table)
            .Concat(AggregateSpecials.Table))
        {
            own.Add(name, special);
        }

        return own;
    }
}
