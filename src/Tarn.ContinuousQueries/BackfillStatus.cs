namespace Tarn.ContinuousQueries;

/// <summary>A new version of a view that counts anew, and is not read yet.</summary>
/// <param name="Records">Records counted so far.</param>
/// <param name="LagMilliseconds">Age of the oldest record not counted yet.</param>
/// <param name="Error">Why it stopped, or null while it runs.</param>
public sealed record BackfillStatus(long Records, long LagMilliseconds, string? Error);
