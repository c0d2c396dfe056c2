namespace Tarn.Demo;

/// <summary>
/// What one part of the lake holds: rows, distinct games, the sum of their scores, and the bytes it took to count.
/// </summary>
internal sealed record Tally(long Count, long Distinct, long Points, long ScannedBytes);
