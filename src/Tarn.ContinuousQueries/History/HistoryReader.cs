using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Tarn.ContinuousQueries.Runtime;
using Tarn.Primitives.Identity;
using Tarn.Streams.Records;

namespace Tarn.ContinuousQueries.History;

/// <summary>Reads parts of a history as batches of records, one part after the other.</summary>
internal static class HistoryReader
{
    /// <param name="read">Told after each part how many of its numbers are behind.</param>
    public static async IAsyncEnumerable<MicroBatch> ReadAsync(
        IReadOnlyList<HistoryPart> parts, int recordsMax, int bytesMax, Action<long> read,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var part in parts)
        {
            var lines = new List<StreamRecord>();
            var bytes = 0;
            await foreach (var line in LinesAsync(part, cancellation).ConfigureAwait(false))
            {
                var number = Math.Min(part.First + (ulong)lines.Count, part.Last);
                lines.Add(new StreamRecord(new SequenceNumber(number), part.ArrivedBy, default, line));
                bytes += line.Length;
                if (lines.Count == recordsMax || bytes >= bytesMax)
                {
                    yield return BatchOf(part, lines);
                    (lines, bytes) = ([], 0);
                }
            }

            if (lines.Count > 0)
            {
                yield return BatchOf(part, lines);
            }

            read((long)(part.Last - part.First + 1));
        }
    }

    private static MicroBatch BatchOf(HistoryPart part, IReadOnlyList<StreamRecord> lines)
    {
        var batch = new MicroBatch(new Dictionary<string, ShardCursor>());
        batch.Add(part.ShardId, new ReadBatch(
            lines, new SequenceNumber(part.Last + 1), ShardEnded: false, MillisBehindLatest: 1));
        return batch;
    }

    private static async IAsyncEnumerable<byte[]> LinesAsync(
        HistoryPart part, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var pipe = PipeReader.Create(await part.OpenAsync(cancellation).ConfigureAwait(false));
        try
        {
            while (true)
            {
                var read = await pipe.ReadAsync(cancellation).ConfigureAwait(false);
                var left = read.Buffer;
                while (left.PositionOf((byte)'\n') is { } end)
                {
                    yield return left.Slice(0, end).ToArray();
                    left = left.Slice(left.GetPosition(1, end));
                }

                if (read.IsCompleted && left.Length > 0)
                {
                    yield return left.ToArray();
                    left = left.Slice(left.End);
                }

                pipe.AdvanceTo(left.Start, left.End);
                if (read.IsCompleted)
                {
                    yield break;
                }
            }
        }
        finally
        {
            await pipe.CompleteAsync().ConfigureAwait(false);
        }
    }
}
