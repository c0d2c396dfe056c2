using System.Globalization;
using System.Text.RegularExpressions;
using Tarn.Catalog.Tables;
using Tarn.Sql.Translation;
using Tarn.Sql.Tree;
using Tarn.Sql.Types;

namespace Tarn.Query.Buckets;

/// <summary>
/// Leaves out the files of buckets that no row of the result can be in, where conditions name the only values of all
/// columns that rows are divided by. A file whose name tells no bucket is kept.
/// </summary>
internal sealed partial class BucketPruner
{
    /// <summary>More combinations of values than this are not looked at.</summary>
    private const int CombinationsMax = 1000;

    private readonly int _count;
    private readonly HashSet<int> _wanted;

    private BucketPruner(int count, HashSet<int> wanted)
    {
        _count = count;
        _wanted = wanted;
    }

    /// <summary>Null: every bucket may be needed.</summary>
    public static BucketPruner? Of(
        Table table, IReadOnlyDictionary<string, SqlType> types, IReadOnlyList<ScanFilter> filters)
    {
        if (table.Storage.Buckets is not { } buckets || !IsOfHive(table))
        {
            return null;
        }

        IReadOnlyList<int> hashes = [0];
        foreach (var column in buckets.Columns)
        {
            if (types.GetValueOrDefault(column) is not { } type || Hashes(column, type, filters) is not { } own
                || (long)hashes.Count * own.Count > CombinationsMax)
            {
                return null;
            }

            hashes = [.. hashes.SelectMany(_ => own, HiveHash.Combine)];
        }

        return new BucketPruner(
            buckets.Count, [.. hashes.Select(hash => HiveHash.Bucket(hash, buckets.Count))]);
    }

    /// <param name="name">Of the object, without its folder.</param>
    public bool MayMatch(string name) =>
        NamePattern().Match(name) is not { Success: true } match
        || !int.TryParse(match.Groups["bucket"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var bucket)
        || bucket >= _count
        || _wanted.Contains(bucket);

    /// <summary>Hive's later version and Spark divide rows otherwise.</summary>
    private static bool IsOfHive(Table table) =>
        table.Parameters.GetValueOrDefault("bucketing_version", "1") == "1"
        && table.Parameters.GetValueOrDefault("bucketing_format", "hive")
            .Equals("hive", StringComparison.OrdinalIgnoreCase);

    private static IReadOnlyList<int>? Hashes(string column, SqlType type, IReadOnlyList<ScanFilter> filters)
    {
        foreach (var filter in filters)
        {
            if (filter.Column != column || filter.Operator is not ("=" or "IN"))
            {
                continue;
            }

            // Nothing equals NULL.
            var hashes = filter.Values.Where(value => value.Text is not null)
                .Select(value => Hash(value, type)).ToList();
            if (hashes.TrueForAll(hash => hash is not null))
            {
                return [.. hashes.Select(hash => hash!.Value).Distinct()];
            }
        }

        return null;
    }

    /// <summary>Null for what does not equal its text's value alone, such as 0.0 and -0.0.</summary>
    private static int? Hash(Expression.Literal literal, SqlType type)
    {
        if (type.IsInteger && literal.Type.IsInteger
            && long.TryParse(literal.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            return type.Kind == TypeKind.BigInt ? HiveHash.Whole(whole)
                : whole == (int)whole ? (int)whole
                : null;
        }

        return (type.Kind, literal.Type.Kind) switch
        {
            (TypeKind.Varchar, TypeKind.Varchar) => HiveHash.Text(literal.Text!),
            (TypeKind.Boolean, TypeKind.Boolean) => literal.Text == "true" ? 1 : 0,
            (TypeKind.Date, TypeKind.Date) when DateOnly.TryParseExact(
                literal.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) =>
                date.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber,
            _ => null,
        };
    }

    /// <summary>As Hive calls files, <c>000003_0</c>, and as Athena and CREATE TABLE AS do.</summary>
    [GeneratedRegex(@"^(?<bucket>0[0-9]+)_[0-9]+|_bucket-(?<bucket>[0-9]+)(?:[-_.]|$)")]
    private static partial Regex NamePattern();
}
