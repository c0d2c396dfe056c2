using System.Globalization;
using Tarn.Sql.Translation;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Query.Binding;

/// <summary>
/// Drops partitions that no row of the result can come from. Conservative: what it does not understand it keeps,
/// and the query tests every condition again.
/// </summary>
internal static class PartitionPruner
{
    public static bool MayMatch(
        IReadOnlyDictionary<string, string> values,
        IReadOnlyDictionary<string, SqlType> types,
        IReadOnlyList<ScanFilter> filters) =>
        filters.All(filter =>
            !values.TryGetValue(filter.Column, out var value)
            || !types.TryGetValue(filter.Column, out var type)
            || Test(value, type, filter) != false);

    private static bool? Test(string value, SqlType type, ScanFilter filter)
    {
        if (filter.Operator == "PREFIX")
        {
            return type.Kind != TypeKind.Varchar || value.StartsWith(filter.Values[0].Text!, StringComparison.Ordinal);
        }

        // Any comparison with NULL drops the row; only IN may still match by another item.
        var comparisons = filter.Values
            .Where(literal => literal.Text is not null)
            .Select(literal => Compare(value, type, literal))
            .ToList();
        if (comparisons.Contains(null))
        {
            return null;
        }

        return filter.Operator switch
        {
            "=" or "IN" => comparisons.Any(order => order == 0),
            "<>" => comparisons.Any(order => order != 0),
            "<" => comparisons.Any(order => order < 0),
            "<=" => comparisons.Any(order => order <= 0),
            ">" => comparisons.Any(order => order > 0),
            ">=" => comparisons.Any(order => order >= 0),
            _ => null,
        };
    }

    private static int? Compare(string value, SqlType type, Expression.Literal literal)
    {
        if (type.Kind == TypeKind.Varchar && literal.Type.Kind == TypeKind.Varchar)
        {
            return ComparePoints(value, literal.Text!);
        }

        if (type.IsInteger && literal.Type.IsInteger
            && long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && long.TryParse(literal.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var other))
        {
            return number.CompareTo(other);
        }

        return type.Kind == TypeKind.Date && literal.Type.Kind == TypeKind.Date
            && DateOnly.TryParseExact(
                value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            && DateOnly.TryParseExact(
                literal.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var bound)
            ? date.CompareTo(bound)
            : null;
    }

    /// <summary>Order by code points, as DuckDB compares UTF-8; UTF-16 order differs above the surrogates.</summary>
    private static int ComparePoints(string a, string b) =>
        System.Text.Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(System.Text.Encoding.UTF8.GetBytes(b));
}
