using Tarn.Storage.Objects;

namespace Tarn.Catalog.Writers;

/// <summary>
/// Objects of tables that a writer may put again, because it has not recorded yet that they stand. Rooms that write
/// tables implement it; who takes objects away from tables leaves these alone. Thread-safe.
/// </summary>
/// <remarks>
/// List the objects first and ask then: what was listed and is not named here was recorded, and is never put again.
/// </remarks>
public interface IUnfinishedWrites
{
    Task<IReadOnlySet<ObjectKey>> ListAsync(CancellationToken cancellation);
}
