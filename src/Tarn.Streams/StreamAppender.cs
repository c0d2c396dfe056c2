using System.Buffers;
using System.Runtime.CompilerServices;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Streams.Commits;
using Tarn.Streams.Definitions;
using Tarn.Streams.Records;
using Tarn.Streams.Resharding;
using Tarn.Streams.Routing;
using Tarn.Streams.Shards;

namespace Tarn.Streams;

/// <summary>
/// One call's way in, on the caller's thread:
/// <code>
///  1 check each entry   2 hash the keys   3 find the shards   4 encode per shard: the one copy, base64 decoded
///  5 queue   6 wait for the disk   7 answer   8 follow those whose shard closed meanwhile
/// </code>
/// A call can be cancelled while it waits for its turn in a line (5). Then it still waits for what was put in line
/// before: its outcome is known and its memory free when it returns.
/// </summary>
internal sealed class StreamAppender(StreamRegistry registry)
{
    private readonly AppendCalls _calls = new();

    public ValueTask AppendAsync(
        OpenStream stream, ReadOnlyMemory<StreamEntry> entries, Memory<AppendOutcome> outcomes,
        CancellationToken cancellation)
    {
        var call = _calls.Take();
        Route(stream, entries.Span, call.Owners(entries.Length), outcomes.Span);
        call.Encode(entries.Span, stream.Logs.Length);
        call.AnswerTo(new AppendCaller(this, stream, entries, outcomes[..entries.Length], cancellation));
        var queued = QueueAsync(stream, call, cancellation);
        return queued.IsCompletedSuccessfully ? call.WaitAsync() : WaitAsync(queued, call);
    }

    /// <summary>8: appends once more, for as long as shards close.</summary>
    public async ValueTask FollowAsync(AppendCaller caller)
    {
        var stream = caller.Stream;
        while (MovedAppends.Any(caller.Outcomes.Span))
        {
            stream = await MovedAppends.FollowAsync(
                this, registry, stream, caller.Entries, caller.Outcomes, caller.Cancellation);
        }
    }

    // 6, where a line had no room at once
    private static async ValueTask WaitAsync(ValueTask queued, AppendCall call)
    {
        try
        {
            await queued;
        }
        catch (OperationCanceledException)
        {
            call.LeaveUnanswered();
            await call.WaitAsync();
            throw;
        }

        await call.WaitAsync();
    }

    // 1 to 3
    private static void Route(
        OpenStream stream, ReadOnlySpan<StreamEntry> entries, Span<int> owners, Span<AppendOutcome> outcomes)
    {
        var keys = ArrayPool<UInt128>.Shared.Rent(entries.Length);
        if (!stream.Routes.IsSingle)
        {
            HashKeys.Of(entries, keys.AsSpan(0, entries.Length));
        }

        var recordBytesMax = stream.Definition.RecordBytesMax ?? StreamLimits.RecordBytesMin;
        for (var i = 0; i < entries.Length; i++)
        {
            if (StreamLimits.Check(entries[i], recordBytesMax) is { } error)
            {
                owners[i] = AppendCall.Refused;
                outcomes[i] = new AppendOutcome("", SequenceNumber.Zero, error);
            }
            else
            {
                owners[i] = stream.Routes.Find(keys[i]);
                Limit(stream.Logs[owners[i]], entries[i], ref owners[i], ref outcomes[i]);
            }
        }

        ArrayPool<UInt128>.Shared.Return(keys);
    }

    private static void Limit(ShardLog log, in StreamEntry entry, ref int owner, ref AppendOutcome outcome)
    {
        if (entry.Mark is null && log.Rates is { } rates
            && !rates.Writes.TryTake(entry.PartitionKey.Length + entry.DataLength))
        {
            owner = AppendCall.Refused;
            outcome = new AppendOutcome("", SequenceNumber.Zero, rates.WriteRefusal);
            log.Counters.Throttled(1);
        }
    }

    // 5
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask QueueAsync(OpenStream stream, AppendCall call, CancellationToken cancellation)
    {
        for (var i = 0; i < call.PartCount; i++)
        {
            var part = call.Parts[i];
            try
            {
                await stream.Logs[part.Shard].Queue.EnqueueAsync(part, cancellation);
            }
            catch (OperationCanceledException)
            {
                foreach (var unsent in call.Parts[i..])
                {
                    unsent.Fail(new TarnException(
                        ErrorKind.Unavailable, "the append was cancelled before its turn"));
                }

                throw;
            }
        }
    }
}
