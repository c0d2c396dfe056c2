namespace Tarn.ContinuousQueries.Tests.RandomStreams;

/// <summary>A record as the stream took it.</summary>
/// <param name="At">Its event time; null where it has none or cannot be read.</param>
/// <param name="Step">The step of the run in which it was put: views have counted all earlier steps before.</param>
internal sealed record SentEvent(long Id, string Payload, DateTime? At, string ShardId, int Step);
