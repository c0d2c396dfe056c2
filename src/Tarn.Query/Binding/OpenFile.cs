using Tarn.Catalog.Partitions;
using Tarn.Storage.Objects;

namespace Tarn.Query.Binding;

/// <summary>An object that is open for reading, with the partition that it lies in.</summary>
internal sealed record OpenFile(LocalFile File, Partition Partition);
