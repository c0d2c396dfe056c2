using System.Globalization;
using Tarn.Primitives.Identity;
using Tarn.Streams.Records;

namespace Tarn.Streams.Tests.Processes;

/// <summary>
/// What is read back after kills: numbers grow within a shard, each writer's records stand in the order in which it
/// sent them, and no record is there twice, nor gone at a later look.
/// </summary>
internal sealed class KeptRecords
{
    private readonly HashSet<string> _lines = [];
    private readonly HashSet<string> _texts = [];
    private readonly Dictionary<string, SequenceNumber> _next = [];
    private readonly Dictionary<(string Shard, string Writer), (int Call, int Place)> _newest = [];

    public int Count => _lines.Count;

    public int ShardCount => _next.Count;

    public int AcknowledgedCount { get; private set; }

    /// <summary>As the process wrote it.</summary>
    public bool Contains(string acknowledged) => _lines.Contains(acknowledged);

    public void Acknowledged(List<string> lines) => AcknowledgedCount += lines.Count;

    public async Task ReadAsync(IStreams streams, bool fromStart)
    {
        var before = fromStart ? _lines.ToHashSet() : [];
        if (fromStart)
        {
            _lines.Clear();
            _texts.Clear();
            _next.Clear();
            _newest.Clear();
        }

        foreach (var stream in streams.List())
        {
            foreach (var shard in stream.Shards)
            {
                await ReadAsync(streams, stream.Name, shard.ShardId);
            }
        }

        before.ExceptWith(_lines);
        Assert.Empty(before);
    }

    private async Task ReadAsync(IStreams streams, string stream, string shard)
    {
        var place = $"{stream} {shard}";
        var next = _next.GetValueOrDefault(place);
        while (true)
        {
            var batch = await streams.ReadAsync(
                stream, shard, next, new ReadBounds(700, 1 << 20), CancellationToken.None);
            foreach (var record in batch.Records)
            {
                Assert.True(record.SequenceNumber >= next);
                next = record.SequenceNumber.Next;
                Keep(stream, shard, record);
            }

            if (batch.Records.Count == 0)
            {
                // Where the newest record ends, not the tip: numbers above are not yet given out.
                _next[place] = next;
                return;
            }
        }
    }

    private void Keep(string stream, string shard, StreamRecord record)
    {
        var text = Lake.Text(record).TrimEnd();
        Assert.True(_texts.Add($"{stream} {text}"), $"{stream} {text} is there twice");
        Assert.True(_lines.Add($"{stream} {text} {shard} {record.SequenceNumber} ."));
        var parts = text.Split('/');
        var order = (
            int.Parse(parts[2], CultureInfo.InvariantCulture), int.Parse(parts[3], CultureInfo.InvariantCulture));
        var writer = ($"{stream} {shard}", $"{parts[0]}/{parts[1]}");
        Assert.True(
            !_newest.TryGetValue(writer, out var newest) || newest.CompareTo(order) < 0,
            $"{stream} {text} stands after {newest}");
        _newest[writer] = order;
    }
}
