using Tarn.Streams.Records;

namespace Tarn.Streams;

/// <summary>The plain form of appending, for callers that are not in a hurry.</summary>
public static class StreamAppends
{
    /// <summary>
    /// Appends entries as <see cref="IStreams.AppendAsync"/> does; outcome i belongs to entry i.
    /// </summary>
    public static async ValueTask<IReadOnlyList<AppendOutcome>> AppendAsync(
        this IStreams streams, string stream, IReadOnlyList<StreamEntry> entries, CancellationToken cancellation)
    {
        var outcomes = new AppendOutcome[entries.Count];
        await streams.AppendAsync(stream, entries as StreamEntry[] ?? [.. entries], outcomes, cancellation);
        return outcomes;
    }
}
