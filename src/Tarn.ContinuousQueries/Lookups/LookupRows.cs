using Tarn.ContinuousQueries.Batches;

namespace Tarn.ContinuousQueries.Lookups;

/// <summary>Rows of a lookup as they were at one moment.</summary>
/// <param name="Revision">The same as long as the rows are; null: nothing tells.</param>
internal sealed record LookupRows(ColumnBatch Rows, string? Revision);
