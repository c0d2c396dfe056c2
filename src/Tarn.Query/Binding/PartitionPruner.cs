using System.Globalization;
using Tarn.Sql.Translation;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Query.Binding;

/// <summary>
/// Drops partitions that no row of the result can come from. Conservative: what it does not understand it keeps,
/// and the query tests every condition again.
/// </summary>
/// <param name="keys">The partition keys in order, lower case.</param>
/// <param name="types">Of all columns.</param>
internal sealed class PartitionPruner(
    IReadOnlyList<string> keys, IReadOnlyDictionary<string, SqlType> types, IReadOnlyList<ScanFilter> filters)
{
    /// <summary>More ways than this to begin a partition's values are not looked up one by one.</summary>
    private const int LeadingMax = 100;

    private readonly (int Key, SqlType Type, ScanFilter Filter)[] _tests =
    [
        .. filters.Select(filter => (Key: keys.ToList().IndexOf(filter.Column), filter))
            .Where(pair => pair.Key >= 0 && types.ContainsKey(pair.filter.Column))
            .Select(pair => (pair.Key, types[pair.filter.Column], pair.filter)),
    ];

    public bool MayMatch(IReadOnlyList<string> values)
    {
        foreach (var (key, type, filter) in _tests)
        {
            if (!TableFiles.IsNull(values[key]) && Test(values[key], type, filter) == false)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a value of one key may be part of a partition that matches.</summary>
    public bool MayMatch(int key, string value)
    {
        foreach (var (tested, type, filter) in _tests)
        {
            if (tested == key && Test(value, type, filter) == false)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The same for a value that may stand for NULL, which is kept.</summary>
    public bool MayHold(int key, string value) => TableFiles.IsNull(value) || MayMatch(key, value);

    /// <summary>For the first keys the only texts that can match, as long as conditions name them.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Leading()
    {
        var leading = new List<IReadOnlyList<string>>();
        var ways = 1L;
        for (var key = 0; key < keys.Count && Named(key) is { } named && (ways *= named.Count) <= LeadingMax; key++)
        {
            leading.Add(named);
        }

        return leading;
    }

    /// <summary>The literals that conditions allow for a key; null: they do not say.</summary>
    /// <remarks>Of text only: a number may be written in several ways.</remarks>
    public IReadOnlyList<string>? Named(int key)
    {
        foreach (var (tested, type, filter) in _tests)
        {
            if (tested == key && filter.Operator is "=" or "IN" && type.Kind == TypeKind.Varchar
                && filter.Values.All(value => value.Type.Kind == TypeKind.Varchar))
            {
                var texts = filter.Values.Select(value => value.Text).OfType<string>();
                return [.. texts.Where(text => MayMatch(key, text)).Distinct(StringComparer.Ordinal)];
            }
        }

        return null;
    }

    private static bool? Test(string value, SqlType type, ScanFilter filter)
    {
        if (filter.Operator == "PREFIX")
        {
            return type.Kind != TypeKind.Varchar || value.StartsWith(filter.Values[0].Text!, StringComparison.Ordinal);
        }

        // Any comparison with NULL drops the row; only IN may still match by another item.
        var isAny = false;
        foreach (var literal in filter.Values)
        {
            if (literal.Text is null)
            {
                continue;
            }

            if (Compare(value, type, literal) is not { } order)
            {
                return null;
            }

            isAny |= filter.Operator switch
            {
                "=" or "IN" => order == 0,
                "<>" => order != 0,
                "<" => order < 0,
                "<=" => order <= 0,
                ">" => order > 0,
                ">=" => order >= 0,
                _ => true,
            };
        }

        return isAny;
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

    /// <summary>
    /// Order by code points, as DuckDB compares UTF-8; that of UTF-16 differs from the surrogates on.
    /// </summary>
    private static int ComparePoints(string a, string b)
    {
        var length = Math.Min(a.Length, b.Length);
        for (var i = 0; i < length; i++)
        {
            if (a[i] != b[i])
            {
                return Rank(a[i]) - Rank(b[i]);
            }
        }

        return a.Length - b.Length;
    }

    /// <summary>Surrogates stand for the points above all others.</summary>
    private static int Rank(char letter) => char.IsSurrogate(letter) ? letter + 0x1_0000 : letter;
}
