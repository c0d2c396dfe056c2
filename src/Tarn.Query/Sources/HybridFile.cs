using Tarn.Storage.Objects;

namespace Tarn.Query.Sources;

/// <summary>Records as the table's files hold them, under the name that their object may get.</summary>
/// <param name="PartitionValues">One per partition key of the table.</param>
public sealed record HybridFile(LocalFile File, IReadOnlyList<string> PartitionValues);
