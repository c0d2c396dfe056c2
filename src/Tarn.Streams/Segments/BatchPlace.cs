namespace Tarn.Streams.Segments;

/// <summary>Where a batch begins in its segment.</summary>
internal readonly record struct BatchPlace(ulong FirstSequence, long ArrivalMs, long Offset);
