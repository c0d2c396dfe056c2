using Tarn.Storage.Objects;

namespace Tarn.Query.Binding;

/// <summary>An object of a table with the values of its partition, one per partition key.</summary>
internal sealed record TableFile(ObjectInfo Object, IReadOnlyList<string> PartitionValues);
