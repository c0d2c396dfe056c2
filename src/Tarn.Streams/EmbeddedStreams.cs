using System.Runtime.CompilerServices;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Streams.Faults;
using Tarn.Streams.Records;
using Tarn.Streams.Resharding;
using Tarn.Streams.Segments;
using Tarn.Streams.Shards;

namespace Tarn.Streams;

/// <summary>Streams in the server's own segment logs.</summary>
internal sealed class EmbeddedStreams(StreamRegistry registry, DamageReports damages, InjectedFaults faults)
    : IStreams
{
    private readonly StreamAppender _appender = new(registry);

    public async Task<StreamDescription> CreateAsync(StreamSpec spec, CancellationToken cancellation) =>
        (await registry.CreateAsync(spec, cancellation)).Describe();

    public Task DeleteAsync(string stream, CancellationToken cancellation) =>
        registry.DeleteAsync(stream, cancellation);

    public async Task<StreamDescription> ConfigureAsync(
        string stream, Func<StreamSpec, StreamSpec> change, CancellationToken cancellation) =>
        (await registry.ConfigureAsync(stream, change, cancellation)).Describe();

    public async Task<StreamDescription> SplitAsync(
        string stream, string shardId, UInt128 newStartingHashKey, CancellationToken cancellation) =>
        (await registry.ReshardAsync(
            stream,
            (open, planner) => planner.Split(Provisioned(open).NumberOf(shardId), newStartingHashKey),
            cancellation)).Describe();

    public async Task<StreamDescription> MergeAsync(
        string stream, string shardId, string adjacentShardId, CancellationToken cancellation) =>
        (await registry.ReshardAsync(
            stream,
            (open, planner) => planner.Merge(Provisioned(open).NumberOf(shardId), open.NumberOf(adjacentShardId)),
            cancellation)).Describe();

    public StreamDescription? Find(string stream) => registry.All.GetValueOrDefault(stream)?.Describe();

    public IReadOnlyList<StreamDescription> List() =>
        [.. registry.All.Values.Select(stream => stream.Describe()).Where(stream => !stream.Spec.IsInternal)];

    public ValueTask AppendAsync(
        string stream, ReadOnlyMemory<StreamEntry> entries, Memory<AppendOutcome> outcomes,
        CancellationToken cancellation)
    {
        var open = registry.Get(stream);
        return open.Definition.Faults is { } due
            ? faults.AppendAsync(open, due, entries, outcomes, AppendTo(stream), cancellation)
            : _appender.AppendAsync(open, entries, outcomes, cancellation);
    }

    public ValueTask<SequenceNumber> ResolveAsync(
        string stream, string shardId, StartPosition start, CancellationToken cancellation)
    {
        var (log, _) = Shard(stream, shardId);
        var reader = new ShardReader(log, damages);
        var next = new SequenceNumber(log.Tip.Next);
        return ValueTask.FromResult(start switch
        {
            StartPosition.TrimHorizon => reader.FirstArrivedFrom(0),
            StartPosition.Latest => next,
            StartPosition.At at => Known(log, at.Number, next),
            // After the number that is next there is nothing to leave out yet: clients ask so for an empty shard.
            StartPosition.After after => Known(log, after.Number, next) == next ? next : after.Number.Next,
            StartPosition.AtTime time => reader.FirstArrivedFrom(time.Time.ToUnixTimeMilliseconds()),
            _ => throw new System.Diagnostics.UnreachableException(),
        });
    }

    public ValueTask<ReadBatch> ReadAsync(
        string stream, string shardId, SequenceNumber from, ReadBounds bounds, CancellationToken cancellation) =>
        ValueTask.FromResult(Read(stream, shardId, from, bounds));

    /// <summary>As <see cref="ReadAsync"/>, which never waits.</summary>
    public ReadBatch Read(string stream, string shardId, SequenceNumber from, ReadBounds bounds)
    {
        if (bounds.RecordsMax < 1)
        {
            throw new TarnException(ErrorKind.Invalid, $"a read of {bounds.RecordsMax} records is not valid");
        }

        var (log, isClosed) = Shard(stream, shardId);
        return new ShardReader(log, damages).Read(from, bounds, isClosed);
    }

    public Task WaitAsync(string stream, string shardId, SequenceNumber from, CancellationToken cancellation)
    {
        var (log, isClosed) = Shard(stream, shardId);
        return isClosed ? Task.CompletedTask : log.WaitAsync(from, cancellation);
    }

    private static OpenStream Provisioned(OpenStream stream) => !stream.Definition.OnDemand
        ? stream
        : throw new TarnException(
            ErrorKind.Invalid,
            $"stream '{stream.Definition.Name}' is on demand: its shards are not split or merged by hand",
            hint: "make it provisioned first");

    private static SequenceNumber Known(ShardLog log, SequenceNumber number, SequenceNumber next) =>
        number <= next
            ? number
            : throw new TarnException(
                ErrorKind.Invalid,
                $"sequence number {number} was never given by {log.Place}",
                $"the next number is {next}");

    private AppendEntries AppendTo(string stream) =>
        (entries, outcomes, cancellation) =>
            _appender.AppendAsync(registry.Get(stream), entries, outcomes, cancellation);

    private (ShardLog Log, bool IsClosed) Shard(string stream, string shardId)
    {
        var open = registry.Get(stream);
        var index = open.IndexOf(shardId);
        return (open.Logs[index], !open.Definition.Shards[index].IsOpen);
    }
}
