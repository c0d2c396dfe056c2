using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Streams.Records;

namespace Tarn.Streams.Resharding;

/// <summary>
/// Entries whose shard closed before their turn. Nobody outside hears of it: they go to the shards that own their keys
/// now, those of one partition key in the order of the call.
/// </summary>
internal static class MovedAppends
{
    /// <summary>What an append fails with that a closing shard did not take.</summary>
    public static readonly TarnException Signal = new(ErrorKind.Unavailable, "the shard closed before the append");

    /// <summary>The same as an outcome.</summary>
    public static readonly AppendError Error = new(Signal.Kind, Signal.Message, Code: null);

    public static AppendError ErrorOf(TarnException failure) =>
        ReferenceEquals(failure, Signal) ? Error : new AppendError(failure.Kind, failure.Message, failure.Code);

    public static bool Any(ReadOnlySpan<AppendOutcome> outcomes)
    {
        foreach (ref readonly var outcome in outcomes)
        {
            if (ReferenceEquals(outcome.Error, Error))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Appends the moved ones of <paramref name="entries"/> once more, and says what became of them.</summary>
    /// <param name="stream">As it was; one of the same name made later is another. Returned as it is now.</param>
    public static async ValueTask<OpenStream> FollowAsync(
        StreamAppender appender, StreamRegistry registry, OpenStream stream, ReadOnlyMemory<StreamEntry> entries,
        Memory<AppendOutcome> outcomes, CancellationToken cancellation)
    {
        var places = Enumerable.Range(0, entries.Length)
            .Where(i => ReferenceEquals(outcomes.Span[i].Error, Error)).ToArray();
        var moved = Array.ConvertAll(places, i => entries.Span[i]);
        var answers = Array.ConvertAll(places, _ => Gone(stream));
        if (registry.All.GetValueOrDefault(stream.Definition.Name) is { } now
            && now.Definition.Id == stream.Definition.Id)
        {
            stream = now;
            await appender.AppendAsync(now, moved, answers, cancellation);
        }

        for (var i = 0; i < places.Length; i++)
        {
            outcomes.Span[places[i]] = answers[i];
        }

        return stream;
    }

    private static AppendOutcome Gone(OpenStream stream) => new("", SequenceNumber.Zero, new AppendError(
        ErrorKind.NotFound, $"stream '{stream.Definition.Name}' was deleted", Code: null));
}
