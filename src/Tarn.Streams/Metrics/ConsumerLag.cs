namespace Tarn.Streams.Metrics;

/// <summary>How far a consumer is behind its stream.</summary>
/// <param name="LagRecords">Records it has not consumed; sequence numbers that hold no record may be among
/// them.</param>
public sealed record ConsumerLag(
    string Stream, string Consumer, ConsumerKind Kind, long LagMilliseconds, long LagRecords);
