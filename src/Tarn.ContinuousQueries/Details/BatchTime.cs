namespace Tarn.ContinuousQueries.Details;

/// <summary>The batches that a view counted in one second.</summary>
/// <param name="At">Where the second begins.</param>
/// <param name="MillisecondsMax">The slowest of them, from its records being read to its rows being merged.</param>
public sealed record BatchTime(DateTimeOffset At, int Batches, long Records, double MillisecondsMax);
