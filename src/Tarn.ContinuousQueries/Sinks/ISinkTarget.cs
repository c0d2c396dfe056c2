using Tarn.ContinuousQueries.Definitions;
using Tarn.ContinuousQueries.Planning;

namespace Tarn.ContinuousQueries.Sinks;

/// <summary>
/// What sinks of one kind write into. An epoch comes when the disk holds it, and comes again after a failure or a
/// restart until it was delivered; one sink's epochs come one after the other. Thread-safe: sinks share it.
/// </summary>
internal interface ISinkTarget
{
    SinkTargetKind Kind { get; }

    /// <summary>How often output leaves unless the sink says.</summary>
    TimeSpan CommitInterval { get; }

    /// <summary>Refuses what the target cannot take, and makes the target where the sink's options say so.</summary>
    Task PrepareAsync(SinkSpec sink, ViewPlan plan, CancellationToken cancellation);

    /// <summary>Where the target stands, before an epoch; it comes back as <see cref="SinkEpoch.Place"/>.</summary>
    Task<string?> PlaceAsync(SinkSpec sink, CancellationToken cancellation);

    /// <summary>
    /// Delivers all of it, or what is missing when it <see cref="SinkEpoch.IsRepeat"/>. Failures of the kinds
    /// Unavailable, NotFound, Conflict and Throttled are tried again, others stop the sink.
    /// </summary>
    Task DeliverAsync(SinkSpec sink, SinkEpoch epoch, CancellationToken cancellation);

    /// <summary>The sink is dropped and delivers no more: removes what it left besides its output.</summary>
    Task ForgetAsync(SinkSpec sink, CancellationToken cancellation);
}
