using Tarn.Primitives.Identity;
using Tarn.Streams;
using Tarn.Streams.Records;
using Tarn.Streams.Shards;

namespace Tarn.ContinuousQueries.Tests;

/// <summary>Streams whose readers can be kept from records that wait: those at the tip go on, who begins is
/// held.</summary>
internal sealed class HeldStreams(IStreams inner) : IStreams
{
    private TaskCompletionSource? _held;

    public void Hold() => _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release()
    {
        _held!.SetResult();
        _held = null;
    }

    public async ValueTask<ReadBatch> ReadAsync(
        string stream, string shardId, SequenceNumber from, ReadBounds bounds, CancellationToken cancellation)
    {
        if (_held is { } held && await inner.ResolveAsync(
            stream, shardId, new StartPosition.Latest(), cancellation) > from)
        {
            await held.Task.WaitAsync(cancellation);
        }

        return await inner.ReadAsync(stream, shardId, from, bounds, cancellation);
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
        string stream, ReadOnlyMemory<StreamEntry> entries, Memory<AppendOutcome> outcomes,
        CancellationToken cancellation) => inner.AppendAsync(stream, entries, outcomes, cancellation);

    public ValueTask<SequenceNumber> ResolveAsync(
        string stream, string shardId, StartPosition start, CancellationToken cancellation) =>
        inner.ResolveAsync(stream, shardId, start, cancellation);

    public Task WaitAsync(string stream, string shardId, SequenceNumber from, CancellationToken cancellation) =>
        inner.WaitAsync(stream, shardId, from, cancellation);
}
