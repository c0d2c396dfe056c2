using Tarn.ContinuousQueries.Batches;

namespace Tarn.ContinuousQueries.Runtime;

/// <summary>Rows of a join of streams, to be merged with the batch that they come of.</summary>
/// <param name="Leaf">Number of the plan's leaf.</param>
internal sealed record JoinedRows(int Leaf, ColumnBatch Rows);
