using System.Text;
using Tarn.ContinuousQueries.History;
using Tarn.Primitives.Errors;
using Tarn.Streams;
using Tarn.Streams.Records;

namespace Tarn.ContinuousQueries.Tests;

/// <summary>Copies of a stream's records, in parts, as a delivery would have made them.</summary>
internal sealed class KeptHistory : IRecordHistory
{
    private readonly Dictionary<string, ulong> _next = [];
    private readonly List<HistoryPart> _parts = [];
    private string _streamId = "";

    /// <summary>Parts are opened after this.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public bool IsRefused { get; set; }

    public int Opened { get; private set; }

    /// <summary>Copies what was not copied yet, but for the last records of each shard.</summary>
    public async Task KeepAsync(IStreams streams, string stream, int leave, int partSize)
    {
        var description = streams.Find(stream)!;
        _streamId = description.Id;
        foreach (var shard in description.Shards)
        {
            var from = _next.TryGetValue(shard.ShardId, out var next)
                ? new(next) : shard.StartingSequenceNumber;
            var read = await streams.ReadAsync(
                stream, shard.ShardId, from, new ReadBounds(100_000, 64 << 20), CancellationToken.None);
            foreach (var part in read.Records.SkipLast(leave).Chunk(partSize))
            {
                var text = string.Concat(part.Select(record => Encoding.UTF8.GetString(record.Data.Span) + "\n"));
                var (first, last) = (part[0].SequenceNumber.Value, part[^1].SequenceNumber.Value);
                _parts.Add(new HistoryPart(shard.ShardId, first, last, part[^1].ArrivalTime, async stop =>
                {
                    await Gate.WaitAsync(stop);
                    Opened++;
                    return new MemoryStream(Encoding.UTF8.GetBytes(text));
                }));
                _next[shard.ShardId] = last + 1;
            }
        }
    }

    public Task<RecordHistory> OpenAsync(string stream, CancellationToken cancellation) => IsRefused
        ? Task.FromException<RecordHistory>(new TarnException(ErrorKind.Unsupported, "a step changes records"))
        : Task.FromResult(new RecordHistory("copies", _streamId, new Dictionary<string, ulong>(_next), [.. _parts]));
}
