using Tarn.Catalog.Partitions;
using Tarn.Storage.Objects;

namespace Tarn.Query.Binding;

/// <summary>An object of a table with its partition; of a table without partition keys, one of no values.</summary>
internal sealed record TableFile(ObjectInfo Object, Partition Partition);
