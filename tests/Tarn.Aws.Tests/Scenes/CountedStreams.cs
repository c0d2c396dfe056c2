using Tarn.Primitives.Identity;
using Tarn.Streams;
using Tarn.Streams.Records;

namespace Tarn.Aws.Tests.Scenes;

/// <summary>Streams that count their reads, and fail them where a failure is set.</summary>
internal sealed class CountedStreams(IStreams inner) : IStreams
{
    private int _reads;

    public int Reads => Volatile.Read(ref _reads);

    public Exception? Failure { get; init; }

    public async Task ReadsReach(int count)
    {
        while (Reads < count)
        {
            await Task.Delay(1);
        }
    }

    public ValueTask<ReadBatch> ReadAsync(
        string stream, string shardId, SequenceNumber from, ReadBounds bounds, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _reads);
        return Failure is null ? inner.ReadAsync(stream, shardId, from, bounds, cancellation) : throw Failure;
    }

    public Task<StreamDescription> CreateAsync(StreamSpec spec, CancellationToken cancellation) =>
        inner.CreateAsync(spec, cancellation);

    public Task DeleteAsync(string stream, CancellationToken cancellation) => inner.DeleteAsync(stream, cancellation);

    public Task<StreamDescription> ConfigureAsync(
        string stream, Func<StreamSpec, StreamSpec> change, CancellationToken cancellation) =>
        inner.ConfigureAsync(stream, change, cancellation);

    public Task<StreamDescription> SplitAsync(
        string stream, string shardId, UInt128 newStartingHashKey, CancellationToken cancellation) =>
        inner.SplitAsync(stream, shardId, newStartingHashKey, cancellation);

    public Task<StreamDescription> MergeAsync(
        string stream, string shardId, string adjacentShardId, CancellationToken cancellation) =>
        inner.MergeAsync(stream, shardId, adjacentShardId, cancellation);

    public StreamDescription? Find(string stream) => inner.Find(stream);

    public IReadOnlyList<StreamDescription> List() => inner.List();

    public ValueTask AppendAsync(
        string stream,
        ReadOnlyMemory<StreamEntry> entries,
        Memory<AppendOutcome> outcomes,
        CancellationToken cancellation) => inner.AppendAsync(stream, entries, outcomes, cancellation);

    public ValueTask<SequenceNumber> ResolveAsync(
        string stream, string shardId, StartPosition start, CancellationToken cancellation) =>
        inner.ResolveAsync(stream, shardId, start, cancellation);

    public Task WaitAsync(string stream, string shardId, SequenceNumber from, CancellationToken cancellation) =>
        inner.WaitAsync(stream, shardId, from, cancellation);
}
