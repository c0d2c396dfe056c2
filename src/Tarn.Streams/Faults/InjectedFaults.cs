using System.Globalization;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Streams.Records;

namespace Tarn.Streams.Faults;

/// <summary>
/// The faults that a stream is set to have, for people who test their producers and consumers. What fails was never
/// stored or read; what does not fail is served as always. Thread-safe.
/// </summary>
internal sealed class InjectedFaults(Random random, TimeProvider clock)
{
    /// <summary>Kinesis' own name for it.</summary>
    public const string Code = "InternalFailure";

    private readonly Lock _gate = new();

    /// <summary>Waits, fails the share of entries asked for, and appends the others in their order.</summary>
    public async ValueTask AppendAsync(
        OpenStream stream, StreamFaults faults, ReadOnlyMemory<StreamEntry> entries,
        Memory<AppendOutcome> outcomes, AppendEntries append, CancellationToken cancellation)
    {
        await DelayAsync(faults, cancellation);
        var places = Enumerable.Range(0, entries.Length).ToLookup(_ => IsDue(faults));
        var served = places[false].ToArray();
        var answers = new AppendOutcome[served.Length];
        await append(Array.ConvertAll(served, i => entries.Span[i]), answers, cancellation);
        for (var i = 0; i < served.Length; i++)
        {
            outcomes.Span[served[i]] = answers[i];
        }

        var error = new AppendError(ErrorKind.Unavailable, MessageOf(stream, faults, "records"), Code);
        foreach (var i in places[true])
        {
            outcomes.Span[i] = new AppendOutcome("", SequenceNumber.Zero, error);
        }

        stream.Logs[0].Counters.Stream.AddFailed(entries.Length - served.Length);
    }

    /// <summary>Waits, then fails as often as asked for.</summary>
    public async ValueTask MeetReadAsync(
        OpenStream stream, StreamFaults faults, CancellationToken cancellation)
    {
        await DelayAsync(faults, cancellation);
        if (IsDue(faults))
        {
            throw new TarnException(ErrorKind.Unavailable, MessageOf(stream, faults, "reads")) { Code = Code };
        }
    }

    private Task DelayAsync(StreamFaults faults, CancellationToken cancellation) => faults.LatencyMilliseconds == 0
        ? Task.CompletedTask
        : Task.Delay(TimeSpan.FromMilliseconds(faults.LatencyMilliseconds), clock, cancellation);

    private bool IsDue(StreamFaults faults)
    {
        lock (_gate)
        {
            return random.NextDouble() < faults.ErrorRate;
        }
    }

    private static string MessageOf(OpenStream stream, StreamFaults faults, string what)
    {
        var percent = (faults.ErrorRate * 100).ToString("0.###", CultureInfo.InvariantCulture);
        return $"fault injected: stream '{stream.Definition.Name}' is set to fail {percent} % of its {what}";
    }
}
