using System.Runtime.CompilerServices;
using System.Text;
using Tarn.Console.Tiles;
using Tarn.Streams;

namespace Tarn.Console.Streams;

/// <summary>
/// The newest records of a stream as rows, newest first, at most four times a second: arrival, shard and key, then the
/// fields of the JSON. A reader that is slower than the stream skips what it would not show.
/// </summary>
internal sealed class NewestRecords(IStreams streams, string stream, TimeProvider time)
{
    private const int RowsMax = 50;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private static readonly TileColumn[] Leading =
        [new("arrived", "timestamp"), new("shard", "varchar"), new("partition key", "varchar")];

    public async IAsyncEnumerable<TileRows> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var tail = new StreamTail(streams, stream, RowsMax);
        await tail.ReadAsync(cancellation);
        while (true)
        {
            yield return Rows(tail.NewestWithShards());
            do
            {
                await tail.WaitAsync(cancellation);
                await Task.Delay(Interval, time, cancellation);
            }
            while (!await tail.ReadAsync(cancellation));
        }
    }

    private TileRows Rows(IReadOnlyList<TailRecord> newest)
    {
        var (columns, rows) = RecordTable.Of([.. newest.Select(row => row.Record)]);
        return new TileRows(
            [.. Leading, .. columns],
            [.. newest.Zip(rows, IReadOnlyList<object?> (row, fields) =>
            [
                row.Record.ArrivalTime,
                ShardNames.Short(row.ShardId),
                Encoding.UTF8.GetString(row.Record.PartitionKey.Span),
                .. fields,
            ])],
            time.GetUtcNow());
    }
}
