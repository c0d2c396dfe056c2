using Tarn.Storage.Objects;

namespace Tarn.Query.Sources;

/// <summary>The difference between a table's objects and all that was acknowledged for it.</summary>
/// <param name="Uncommitted">Objects that may stand already and whose records are in <paramref name="Files"/>.</param>
/// <param name="Files">Every acknowledged record that no committed object holds, once.</param>
public sealed record HybridTail(IReadOnlySet<ObjectKey> Uncommitted, IReadOnlyList<HybridFile> Files);
