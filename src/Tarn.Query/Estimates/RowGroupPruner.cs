using System.Globalization;
using System.Text;
using Tarn.Sql.Translation;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Query.Estimates;

/// <summary>
/// Says which row groups no row of the result can come from, by the least and the greatest value of a column. What it
/// does not understand it keeps; DuckDB leaves out the same ones by the same figures.
/// </summary>
internal static class RowGroupPruner
{
    public static bool MayMatch(
        ParquetRowGroup group, IReadOnlyList<ScanFilter> filters, IReadOnlyDictionary<string, SqlType> types) =>
        filters.All(filter =>
            !group.Columns.TryGetValue(filter.Column, out var chunk)
            || chunk.Min is null
            || chunk.Max is null
            || !types.TryGetValue(filter.Column, out var type)
            || MayMatch(chunk.Min, chunk.Max, type, filter));

    private static bool MayMatch(string min, string max, SqlType type, ScanFilter filter)
    {
        var literals = filter.Values.Where(literal => literal.Text is not null).ToList();
        return filter.Operator switch
        {
            "=" or "IN" => literals.Any(literal =>
                !(Compare(literal, min, type) < 0) && !(Compare(literal, max, type) > 0)),
            "<" => literals.All(literal => !(Compare(literal, min, type) <= 0)),
            "<=" => literals.All(literal => !(Compare(literal, min, type) < 0)),
            ">" => literals.All(literal => !(Compare(literal, max, type) >= 0)),
            ">=" => literals.All(literal => !(Compare(literal, max, type) > 0)),
            _ => true,
        };
    }

    /// <summary>The literal against a bound; null where it cannot be told, which is not less and not greater.</summary>
    private static int? Compare(Expression.Literal literal, string bound, SqlType type)
    {
        var text = literal.Text!;
        if (type.IsInteger || type.Kind == TypeKind.Decimal)
        {
            return literal.Type.IsInteger || literal.Type.Kind == TypeKind.Decimal
                ? CompareNumbers(text, bound)
                : null;
        }

        return type.Kind switch
        {
            // Texts are bounded as whole values only where they are short; what is cut off is rounded up.
            TypeKind.Varchar when literal.Type.Kind == TypeKind.Varchar =>
                Encoding.UTF8.GetBytes(text).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(bound)),
            TypeKind.Date when literal.Type.Kind == TypeKind.Date => CompareTimes(text, bound),
            TypeKind.Timestamp when literal.Type.Kind is TypeKind.Timestamp or TypeKind.Date =>
                CompareTimes(text, bound),
            _ => null,
        };
    }

    private static int? CompareNumbers(string a, string b) =>
        decimal.TryParse(a, NumberStyles.Number, CultureInfo.InvariantCulture, out var left)
        && decimal.TryParse(b, NumberStyles.Number, CultureInfo.InvariantCulture, out var right)
            ? left.CompareTo(right)
            : null;

    private static int? CompareTimes(string a, string b) =>
        DateTime.TryParse(a, CultureInfo.InvariantCulture, DateTimeStyles.NoCurrentDateDefault, out var left)
        && DateTime.TryParse(b, CultureInfo.InvariantCulture, DateTimeStyles.NoCurrentDateDefault, out var right)
            ? left.CompareTo(right)
            : null;
}
