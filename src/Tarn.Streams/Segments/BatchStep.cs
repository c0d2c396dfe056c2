namespace Tarn.Streams.Segments;

/// <summary>What lies at an offset of a segment.</summary>
/// <param name="Header">Of a batch.</param>
/// <param name="Body">Of a batch whose body was asked for.</param>
/// <param name="Next">Where the next step begins.</param>
internal readonly record struct BatchStep(
    BatchStepKind Kind, BatchHeader Header, ReadOnlyMemory<byte> Body, long Offset, long Next);
