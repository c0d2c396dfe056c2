using System.Globalization;
using System.Text.Json.Nodes;
using Tarn.Sql.Translation;
using Tarn.Sql.Types;

namespace Tarn.Query.Estimates;

/// <summary>
/// The values of a column that a query's conditions leave, as ranges in order: what EXPLAIN (TYPE IO) shows of it.
/// Immutable; NULL is never left, as a comparison with it holds for nothing.
/// </summary>
internal sealed class ColumnDomain
{
    private readonly SqlType? _type;
    private readonly IReadOnlyList<ValueRange> _ranges;

    private ColumnDomain(SqlType? type, IReadOnlyList<ValueRange> ranges) => (_type, _ranges) = (type, ranges);

    /// <summary>What all these conditions on one column leave.</summary>
    public static ColumnDomain Of(SqlType? type, IEnumerable<ScanFilter> filters) => filters
        .Select(filter => new ColumnDomain(type, [.. RangesOf(type, filter)]))
        .Aggregate((a, b) => a.Intersect(b));

    /// <summary>As Trino writes a domain.</summary>
    public JsonObject Json() => new()
    {
        ["nullsAllowed"] = false,
        ["ranges"] = new JsonArray([.. _ranges.Select(range => new JsonObject
        {
            ["low"] = Marker(range.Low, range.IsLowIn ? "EXACTLY" : "ABOVE"),
            ["high"] = Marker(range.High, range.IsHighIn ? "EXACTLY" : "BELOW"),
        })]),
    };

    private static JsonObject Marker(string? value, string bound) =>
        value is null ? new JsonObject { ["bound"] = bound } : new JsonObject { ["value"] = value, ["bound"] = bound };

    private static IEnumerable<ValueRange> RangesOf(SqlType? type, ScanFilter filter)
    {
        var values = filter.Values.Select(value => value.Text).OfType<string>()
            .Order(Comparer<string>.Create((a, b) => Compare(type, a, b))).Distinct(StringComparer.Ordinal).ToList();
        return values.Count == 0 ? [] : filter.Operator switch
        {
            "<" => [new ValueRange(null, false, values[0], false)],
            "<=" => [new ValueRange(null, false, values[0], true)],
            ">" => [new ValueRange(values[0], false, null, false)],
            ">=" => [new ValueRange(values[0], true, null, false)],
            "<>" => [new ValueRange(null, false, values[0], false), new ValueRange(values[0], false, null, false)],
            "PREFIX" => [new ValueRange(values[0], true, After(values[0]), false)],
            _ => values.Select(value => new ValueRange(value, true, value, true)),
        };
    }

    /// <summary>The first text after all that begin so.</summary>
    private static string? After(string prefix) => prefix.Length == 0 || prefix[^1] == char.MaxValue
        ? null
        : prefix[..^1] + (char)(prefix[^1] + 1);

    private ColumnDomain Intersect(ColumnDomain other)
    {
        var both =
            from mine in _ranges
            from theirs in other._ranges
            let common = Common(mine, theirs)
            where common is not null
            select common;
        return new ColumnDomain(_type, [.. both]);
    }

    private ValueRange? Common(ValueRange a, ValueRange b)
    {
        var (low, isLowIn) = Order(a.Low, b.Low) switch
        {
            > 0 => (a.Low, a.IsLowIn),
            < 0 => (b.Low, b.IsLowIn),
            _ => (a.Low, a.IsLowIn && b.IsLowIn),
        };
        var (high, isHighIn) = (a.High, b.High) switch
        {
            (null, _) => (b.High, b.IsHighIn),
            (_, null) => (a.High, a.IsHighIn),
            _ when Compare(_type, a.High, b.High) is var order && order != 0 =>
                order < 0 ? (a.High, a.IsHighIn) : (b.High, b.IsHighIn),
            _ => (a.High, a.IsHighIn && b.IsHighIn),
        };
        var isEmpty = low is not null && high is not null
            && Compare(_type, low, high) is var ends && (ends > 0 || (ends == 0 && !(isLowIn && isHighIn)));
        return isEmpty ? null : new ValueRange(low, isLowIn, high, isHighIn);
    }

    /// <summary>No lower end is below all.</summary>
    private int Order(string? a, string? b) => (a, b) switch
    {
        (null, null) => 0,
        (null, _) => -1,
        (_, null) => 1,
        _ => Compare(_type, a, b),
    };

    private static int Compare(SqlType? type, string a, string b) =>
        type is { IsNumeric: true }
        && decimal.TryParse(a, NumberStyles.Float, CultureInfo.InvariantCulture, out var first)
        && decimal.TryParse(b, NumberStyles.Float, CultureInfo.InvariantCulture, out var second)
            ? first.CompareTo(second)
            : string.CompareOrdinal(a, b);

    /// <summary>Null: without an end.</summary>
    private sealed record ValueRange(string? Low, bool IsLowIn, string? High, bool IsHighIn);
}
