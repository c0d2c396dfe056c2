using Tarn.ContinuousQueries.Planning;

namespace Tarn.ContinuousQueries.State;

/// <summary>All that a view held at one version. Immutable, any thread.</summary>
internal sealed record FrozenView(ViewPlan Plan, IReadOnlyList<FrozenLeaf> Leaves, long Version);
