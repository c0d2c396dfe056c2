using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.Formats;
using Tarn.ContinuousQueries.Planning;
using Tarn.DuckDb;
using Tarn.DuckDb.JsonRecords;
using Tarn.Primitives.Errors;
using Tarn.Streams.Records;

namespace Tarn.ContinuousQueries.Runtime;

/// <summary>
/// Lets DuckDB reduce a batch of records to one row per group. A record whose payload is not what the source
/// declares, or on which an expression of the view fails, is set aside with the reason; to find it, a failing batch
/// is halved until one record is left. Used by one view's loop.
/// </summary>
internal sealed class BatchEvaluator(SourceSpec source, ViewPlan plan, IDuckDb duckDb) : IDisposable
{
    private readonly IDuckDbSession _session = duckDb.OpenSession();
    private readonly SourceReader _reader = new(source);

    /// <summary>Rows to merge, in parts, and the records set aside. Nothing is kept when it throws.</summary>
    public async Task<(IReadOnlyList<ColumnBatch> Rows, IReadOnlyList<BadRecord> Bad)> EvaluateAsync(
        MicroBatch batch, CancellationToken cancellation)
    {
        var payloads = new ReadOnlyMemory<byte>[batch.Records.Count];
        for (var i = 0; i < payloads.Length; i++)
        {
            payloads[i] = batch.Records[i].Data;
        }

        var rows = new List<ColumnBatch>();
        var bad = new SortedDictionary<int, string>();
        await EvaluateAsync(payloads, 0, rows, bad, cancellation).ConfigureAwait(false);
        return (rows, [.. bad.Select(entry => Describe(batch, entry.Key, entry.Value))]);
    }

    public void Dispose() => _session.Dispose();

    private async Task EvaluateAsync(
        ArraySegment<ReadOnlyMemory<byte>> payloads, int first, List<ColumnBatch> rows, SortedDictionary<int,
            string> bad,
        CancellationToken cancellation)
    {
        var skipped = new List<SkippedRecord>();
        string reason;
        try
        {
            _session.RegisterTable(ViewPlan.BatchTable, _reader.Open(payloads, skipped.Add));
            rows.Add(await ColumnBatch
                .ReadAsync(_session, plan.BatchSql, plan.BatchTypes, cancellation).ConfigureAwait(false));
            skipped.ForEach(record => bad[first + record.Index] = record.Reason);

            return;
        }
        catch (TarnException cause) when (cause.Kind == ErrorKind.Invalid)
        {
            reason = cause.Message;
        }

        if (payloads.Count == 1)
        {
            bad[first] = reason;
            return;
        }

        var half = payloads.Count / 2;
        await EvaluateAsync(payloads[..half], first, rows, bad, cancellation).ConfigureAwait(false);
        await EvaluateAsync(payloads[half..], first + half, rows, bad, cancellation).ConfigureAwait(false);
    }

    private static BadRecord Describe(MicroBatch batch, int index, string reason)
    {
        var record = batch.Records[index];
        return new BadRecord(batch.ShardOf(index), record.SequenceNumber.Value, record.ArrivalTime, reason);
    }
}
