using System.Text;
using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Formats;
using Tarn.ContinuousQueries.Lookups;
using Tarn.ContinuousQueries.Planning;
using Tarn.DuckDb;
using Tarn.DuckDb.NativeTables;
using Tarn.Primitives.Errors;

namespace Tarn.ContinuousQueries.Runtime;

/// <summary>
/// Lets DuckDB turn a batch of records into rows of each leaf. A record whose payload is not what the source declares,
/// that has no event time where one is needed, or on which an expression of the view fails, is set aside with the
/// reason, in every leaf; to find the last kind, a failing batch is halved until one record is left. Used by one view's
/// loop.
/// </summary>
internal sealed class BatchEvaluator(ViewPlan plan, ViewInput input, IDuckDb duckDb, LookupTables lookups) : IDisposable
{
    private readonly IDuckDbSession _session = duckDb.OpenSession();
    private readonly SourceReader _reader = new(input.Source);
    private readonly int _timeColumn = input.Source.Watermark is { } watermark
        ? input.Source.Columns.ToList().FindIndex(column =>
            column.Name.Equals(watermark.Column, StringComparison.OrdinalIgnoreCase))
        : -1;

    /// <summary>Nothing is kept when it throws.</summary>
    public async Task<EvaluatedBatch> EvaluateAsync(
        MicroBatch batch, long? watermark, CancellationToken cancellation)
    {
        if (batch.Records.Count > 0)
        {
            await lookups.RefreshAsync(_session, cancellation).ConfigureAwait(false);
        }

        var closed = input.ClosedUpTo(watermark);
        var bad = new SortedDictionary<int, string>();
        var times = new long[batch.Records.Count];
        IReadOnlyList<IReadOnlyList<ColumnBatch>> rows;
        int known;
        do
        {
            known = bad.Count;
            rows = await EvaluateLeavesAsync(batch, closed, bad, times, cancellation).ConfigureAwait(false);
        }
        while (bad.Count > known && (known > 0 || input.Leaves.Count > 1 || HasNoTime(bad)));

        return new EvaluatedBatch(
            input, batch, rows, [.. bad.Select(entry => Describe(batch, entry.Key, entry.Value))],
            watermark is { } at ? FindLate(batch, times, bad, closed, at) : [], FindNewest(batch, times, bad));
    }

    public void Dispose() => _session.Dispose();

    private static bool HasNoTime(SortedDictionary<int, string> bad) =>
        bad.Values.Any(reason => reason.EndsWith(NoEventTime, StringComparison.Ordinal));

    private const string NoEventTime = "is NULL: the record has no event time";

    private async Task<IReadOnlyList<IReadOnlyList<ColumnBatch>>> EvaluateLeavesAsync(
        MicroBatch batch, long closed, SortedDictionary<int, string> bad, long[] times,
        CancellationToken cancellation)
    {
        var numbers = Enumerable.Range(0, batch.Records.Count).Where(i => !bad.ContainsKey(i)).ToArray();
        var rows = new List<IReadOnlyList<ColumnBatch>>();
        foreach (var leaf in input.Leaves)
        {
            var parts = new List<ColumnBatch>();
            await EvaluateAsync(batch, plan.Leaves[leaf], closed, numbers, parts, bad, times, cancellation)
                .ConfigureAwait(false);
            rows.Add(parts);
        }

        foreach (var number in _timeColumn >= 0 && input.NeedsTime ? numbers : [])
        {
            if (times[number] == TimedTable.NoTime && !bad.ContainsKey(number))
            {
                bad[number] = $"column '{input.Source.Columns[_timeColumn].Name}' {NoEventTime}";
            }
        }

        return rows;
    }

    private async Task EvaluateAsync(
        MicroBatch batch, LeafPlan leaf, long closed, ArraySegment<int> numbers, List<ColumnBatch> parts,
        SortedDictionary<int, string> bad, long[] times, CancellationToken cancellation)
    {
        var skipped = new Dictionary<int, string>();
        var passed = new long[_timeColumn < 0 ? 0 : numbers.Count];
        string reason;
        try
        {
            _session.RegisterTable(ViewPlan.BatchTable, Table(batch, numbers, skipped, passed));
            var (sql, parameters) = leaf.BatchQuery(closed);
            parts.Add(await ColumnBatch
                .ReadAsync(_session, sql, parameters, leaf.BatchTypes, cancellation).ConfigureAwait(false));
            foreach (var (index, why) in skipped)
            {
                bad[numbers[index]] = why;
            }

            for (var i = 0; i < passed.Length; i++)
            {
                times[numbers[i]] = passed[i];
            }

            return;
        }
        catch (TarnException cause) when (cause.Kind == ErrorKind.Invalid)
        {
            reason = cause.Message;
        }

        if (numbers.Count == 1)
        {
            bad[numbers[0]] = reason;
            return;
        }

        var half = numbers.Count / 2;
        await EvaluateAsync(batch, leaf, closed, numbers[..half], parts, bad, times, cancellation)
            .ConfigureAwait(false);
        await EvaluateAsync(batch, leaf, closed, numbers[half..], parts, bad, times, cancellation)
            .ConfigureAwait(false);
    }

    private INativeTable Table(
        MicroBatch batch, ArraySegment<int> numbers, Dictionary<int, string> skipped, long[] times)
    {
        var payloads = new ReadOnlyMemory<byte>[numbers.Count];
        for (var i = 0; i < payloads.Length; i++)
        {
            payloads[i] = batch.Records[numbers[i]].Data;
        }

        var table = _reader.Open(payloads, record => skipped[record.Index] = record.Reason);
        return _timeColumn < 0 ? table : new TimedTable(table, _timeColumn, skipped.ContainsKey, times);
    }

    private List<LateRecord> FindLate(
        MicroBatch batch, long[] times, SortedDictionary<int, string> bad, long closed, long watermark)
    {
        var late = new List<LateRecord>();
        for (var i = 0; i < times.Length && _timeColumn >= 0 && closed > long.MinValue; i++)
        {
            if (!bad.ContainsKey(i) && input.LastEnd(times[i]) <= closed)
            {
                var record = batch.Records[i];
                late.Add(new LateRecord(
                    input.Source.Name, batch.ShardOf(i), record.SequenceNumber.Value, record.ArrivalTime, times[i],
                    watermark, TextOf(record.Data)));
            }
        }

        return late;
    }

    private List<(string ShardId, long EventTime)> FindNewest(
        MicroBatch batch, long[] times, SortedDictionary<int, string> bad)
    {
        var newest = new List<(string, long)>();
        if (_timeColumn < 0)
        {
            return newest;
        }

        foreach (var (shardId, first, end) in batch.Runs())
        {
            var most = TimedTable.NoTime;
            for (var i = first; i < end; i++)
            {
                most = bad.ContainsKey(i) ? most : Math.Max(most, times[i]);
            }

            if (most != TimedTable.NoTime)
            {
                newest.Add((shardId, most));
            }
        }

        return newest;
    }

    private static string TextOf(ReadOnlyMemory<byte> data) =>
        System.Text.Unicode.Utf8.IsValid(data.Span)
            ? Encoding.UTF8.GetString(data.Span) : Convert.ToBase64String(data.Span);

    private static BadRecord Describe(MicroBatch batch, int index, string reason)
    {
        var record = batch.Records[index];
        return new BadRecord(batch.ShardOf(index), record.SequenceNumber.Value, record.ArrivalTime, reason);
    }
}
