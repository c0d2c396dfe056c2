using System.Globalization;
using Tarn.Catalog.Partitions;
using Tarn.Catalog.Tables;
using Tarn.Primitives.Errors;
using Tarn.Sql.Types;

namespace Tarn.Query.Binding.Projection;

/// <summary>
/// Partitions that are computed from a table's properties instead of being registered:
/// <code>
/// projection.enabled = true
/// projection.KEY.type = enum | integer | date | injected, with the properties of each
/// storage.location.template = s3://bucket/${day}/${hour}/     (else LOCATION/day=.../hour=.../)
/// </code>
/// Partitions of the catalog then count for nothing, and locations without objects are empty.
/// </summary>
internal sealed class PartitionProjection
{
    private const string Template = "storage.location.template";
    private const int PartitionsMax = 1_000_000;

    private readonly Table _table;
    private readonly IReadOnlyList<ProjectedKey> _keys;
    private readonly string _template;

    private PartitionProjection(Table table, IReadOnlyList<ProjectedKey> keys, string template)
    {
        _table = table;
        _keys = keys;
        _template = template;
    }

    public static bool IsOn(Table table) => ProjectionProperties.Find(table, "projection.enabled") is { } on
        && on.Equals("true", StringComparison.OrdinalIgnoreCase);

    /// <summary>Throws Invalid with code INVALID_TABLE_PROPERTY, naming the property.</summary>
    public static PartitionProjection Of(Table table, IReadOnlyDictionary<string, SqlType> types)
    {
        var keys = table.PartitionKeys
            .Select(key => ProjectedKey.Of(new ProjectionProperties(table, key.Name.ToLowerInvariant()), types))
            .ToList();
        return new PartitionProjection(table, keys, TemplateOf(table));
    }

    /// <summary>Those that may match, in order of the keys' values.</summary>
    public IReadOnlyList<Partition> Find(PartitionPruner pruner, DateTimeOffset now)
    {
        var values = _keys.Select((key, index) => key.Values(pruner, index, now)).ToList();
        var count = values.Aggregate(1.0, (product, list) => product * list.Count);
        if (count > PartitionsMax)
        {
            throw new TarnException(
                ErrorKind.LimitExceeded,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"table '{_table.Name}' projects {count:0} partitions, more than {PartitionsMax}"),
                hint: "narrow the partition columns in WHERE") { Code = "HIVE_EXCEEDED_PARTITION_LIMIT" };
        }

        IEnumerable<IReadOnlyList<ProjectedValue>> combinations = [[]];
        foreach (var list in values)
        {
            combinations = combinations.SelectMany(
                _ => list, IReadOnlyList<ProjectedValue> (first, value) => [.. first, value]);
        }

        return [.. combinations.Select(Make)];
    }

    private Partition Make(IReadOnlyList<ProjectedValue> values)
    {
        var location = _template;
        for (var i = 0; i < values.Count; i++)
        {
            location = location.Replace(
                Placeholder(_table.PartitionKeys[i]), values[i].Text, StringComparison.OrdinalIgnoreCase);
        }

        return new Partition([.. values.Select(value => value.Value)], location, _table.CreatedAt);
    }

    private static string TemplateOf(Table table)
    {
        if (ProjectionProperties.Find(table, Template) is not { } template)
        {
            var root = table.Storage.Location.TrimEnd('/');
            return root + "/" + string.Concat(
                table.PartitionKeys.Select(key => $"{key.Name.ToLowerInvariant()}={Placeholder(key)}/"));
        }

        foreach (var key in table.PartitionKeys)
        {
            if (!template.Contains(Placeholder(key), StringComparison.OrdinalIgnoreCase))
            {
                throw new TarnException(
                    ErrorKind.Invalid,
                    $"table '{table.Name}': property '{Template}' does not hold '{Placeholder(key)}'",
                    "every partition column has to stand in it") { Code = "INVALID_TABLE_PROPERTY" };
            }
        }

        return template;
    }

    private static string Placeholder(Column key) => $"${{{key.Name.ToLowerInvariant()}}}";
}
