namespace Tarn.Boundaries.Tests;

/// <summary>One row of the table in ARCHITECTURE.md.</summary>
/// <param name="Projects">Short names (without <c>Tarn.</c>) it may reference besides Primitives.</param>
/// <param name="Packages">Vendor packages and framework references it may use.</param>
internal sealed record DependencyRow(string Project, IReadOnlySet<string> Projects, IReadOnlySet<string> Packages);
