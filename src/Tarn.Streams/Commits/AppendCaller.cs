using Tarn.Streams.Records;

namespace Tarn.Streams.Commits;

/// <summary>What an append came with, kept until it is answered.</summary>
/// <param name="Outcomes">One for each entry, written when the append completes.</param>
internal readonly record struct AppendCaller(
    StreamAppender Appender, OpenStream Stream, ReadOnlyMemory<StreamEntry> Entries, Memory<AppendOutcome> Outcomes,
    CancellationToken Cancellation);
