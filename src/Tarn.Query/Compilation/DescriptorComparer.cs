using Tarn.Catalog.Tables;

namespace Tarn.Query.Compilation;

/// <summary>Descriptors are equal when files are read the same way by them, wherever they lie.</summary>
internal sealed class DescriptorComparer : IEqualityComparer<StorageDescriptor?>
{
    public static readonly DescriptorComparer Instance = new();

    public bool Equals(StorageDescriptor? x, StorageDescriptor? y) =>
        ReferenceEquals(x, y)
        || (x is not null && y is not null && x.SerDe == y.SerDe && x.InputFormat == y.InputFormat
            && x.Columns.Select(TypeOf).SequenceEqual(y.Columns.Select(TypeOf))
            && x.SerDeParameters.Count == y.SerDeParameters.Count
            && x.SerDeParameters.All(pair => y.SerDeParameters.GetValueOrDefault(pair.Key) == pair.Value));

    public int GetHashCode(StorageDescriptor? obj) =>
        obj is null ? 0 : HashCode.Combine(obj.SerDe, obj.InputFormat, obj.Columns.Count);

    private static (string Name, string Type) TypeOf(Column column) => (column.Name, column.Type);
}
