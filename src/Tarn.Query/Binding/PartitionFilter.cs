using Tarn.Sql.Translation;

namespace Tarn.Query.Binding;

/// <summary>What a query says of the partitions that it needs.</summary>
/// <param name="Columns">Comparisons of columns with literals; those of keys count.</param>
/// <param name="Keys">Any other conditions on keys.</param>
internal sealed record PartitionFilter(IReadOnlyList<ScanFilter> Columns, IReadOnlyList<KeyCondition> Keys)
{
    public static readonly PartitionFilter None = new([], []);

    public static PartitionFilter Of(TableScan scan) => new(scan.Filters, scan.KeyConditions);
}
