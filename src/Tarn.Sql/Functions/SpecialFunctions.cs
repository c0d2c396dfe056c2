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
    private static readonly Dictionary<string, Func<SpecialCall, Typed?>> Table = new(StringComparer.Ordinal)
    {
        ["listagg"] = GrammarFunctions.ListAgg,
        ["grouping"] = GrammarFunctions.Grouping,
        ["coalesce"] = Conditionals.Coalesce,
        ["nullif"] = Conditionals.NullIf,
        ["if"] = Conditionals.If,
        ["try"] = Conditionals.Try,
        ["greatest"] = Conditionals.Extreme,
        ["least"] = Conditionals.Extreme,
        ["typeof"] = call => new Typed(DuckText.Text(call[0].Type.ToString()), SqlType.Varchar),
        ["concat"] = Concat,
        ["substring"] = call => call.Again("substr"),
        ["ceiling"] = call => call.Again("ceil"),
        ["mod"] = call => call.Operator("%"),
        ["round"] = DecimalRounding.Round,
        ["ceil"] = DecimalRounding.Ceil,
        ["floor"] = DecimalRounding.Ceil,
        ["sum"] = DecimalRounding.Aggregate,
        ["avg"] = DecimalRounding.Aggregate,
        ["date"] = call => call.Cast(SqlType.Date),
        ["date_trunc"] = DateUnits.Truncate,
        ["date_add"] = DateUnits.Add,
        ["date_diff"] = DateUnits.Difference,
        ["date_format"] = DatePatterns.Format,
        ["date_parse"] = DatePatterns.Parse,
        ["format_datetime"] = DatePatterns.FormatJoda,
        ["from_iso8601_timestamp"] = DatePatterns.FromIso,
        ["at_timezone"] = call => call.AtTimeZone(),
        ["regexp_extract"] = Patterns.Extract,
        ["regexp_extract_all"] = Patterns.Extract,
        ["regexp_replace"] = Patterns.Replace,
        ["json_extract"] = JsonPaths.Extract,
        ["json_extract_scalar"] = JsonPaths.ExtractScalar,
        ["transform"] = Lambdas.Transform,
        ["filter"] = Lambdas.Filter,
    };

    public static IEnumerable<string> Names => Table.Keys;

    /// <summary>
    /// The call in DuckDB's words; null when there is no such special function or it leaves the call to the rows.
    /// </summary>
    public static Typed? Translate(SpecialCall call) =>
        Table.TryGetValue(call.Call.Name, out var special) ? special(call) : null;

    private static Typed? Concat(SpecialCall call)
    {
        call.RequireArguments(2, int.MaxValue);
        return Enumerable.Range(1, call.Count - 1)
            .Aggregate(call[0], (left, i) => call.Operator("||", left, call[i]));
    }
}
