using Tarn.Catalog.Tables;

namespace Tarn.Query.Sources;

/// <summary>
/// Tables of the catalog whose newest records are still in a stream: those with the property <see cref="Property"/>.
/// A higher storey implements it; without one such tables are refused. Thread-safe.
/// </summary>
public interface IHybridTables
{
    /// <summary>
    /// The table property; <c>true</c>: the table is read up to the last acknowledged record of the delivery stream
    /// that feeds it.
    /// </summary>
    public const string Property = "tarn.hybrid";

    /// <summary>
    /// Holds deliveries to the table: until the answer's <see cref="IHybridMoment.ReadAsync"/> nothing more counts as
    /// delivered. Throws Unsupported for a table that cannot be read exactly so.
    /// </summary>
    Task<IHybridMoment> HoldAsync(Table table, CancellationToken cancellation);
}
