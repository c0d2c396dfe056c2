using Tarn.Sql.Translation;
using Tarn.Sql.Types;

namespace Tarn.Query.Estimates;

/// <summary>What a Parquet file's footer says of its size: the bytes of each column in each row group.</summary>
internal sealed class ParquetFooter(IReadOnlyList<ParquetRowGroup> groups, IReadOnlyList<string> names)
{
    /// <summary>Lower-case names of the file's columns in their order; of a file without rows none.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>Of a file without rows it has none.</summary>
    public IReadOnlyList<ParquetRowGroup> Groups => groups;

    /// <summary>Lower-case names of the file's columns.</summary>
    public IReadOnlySet<string> Columns { get; } =
        groups.SelectMany(group => group.Columns.Keys).ToHashSet(StringComparer.Ordinal);

    /// <summary>Compressed bytes of these columns in the row groups that the filters may let through.</summary>
    public long Bytes(
        IReadOnlyCollection<string> columns,
        IReadOnlyList<ScanFilter> filters,
        IReadOnlyDictionary<string, SqlType> types) =>
        groups.Where(group => RowGroupPruner.MayMatch(group, filters, types))
            .Sum(group => columns.Sum(column => group.Columns.GetValueOrDefault(column)?.Bytes ?? 0));
}
