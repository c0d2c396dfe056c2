using Tarn.Catalog.Tables;

namespace Tarn.Catalog.Partitions;

/// <summary>One partition of a table.</summary>
/// <param name="Values">One text per partition key, in their order.</param>
/// <param name="Location"><c>s3://bucket/prefix/</c>.</param>
public sealed record Partition(IReadOnlyList<string> Values, string Location, DateTimeOffset CreatedAt)
{
    /// <summary>
    /// Columns, formats and SerDe of its files where they are not the table's; null: they are. Its location counts
    /// for nothing: <see cref="Location"/> does.
    /// </summary>
    public StorageDescriptor? Storage { get; init; }
}
