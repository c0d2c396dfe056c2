using Tarn.ContinuousQueries.Batches;

namespace Tarn.ContinuousQueries.Runtime;

/// <summary>What a batch of one source came to.</summary>
/// <param name="Rows">By leaf of the input: rows to merge, in parts.</param>
/// <param name="Bad">Records set aside.</param>
/// <param name="Late">Records whose windows are all closed.</param>
internal sealed record EvaluatedBatch(
    ViewInput Input, MicroBatch Batch, IReadOnlyList<IReadOnlyList<ColumnBatch>> Rows, IReadOnlyList<BadRecord> Bad,
    IReadOnlyList<LateRecord> Late, IReadOnlyList<(string ShardId, long EventTime)> Newest);
