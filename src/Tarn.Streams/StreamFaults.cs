namespace Tarn.Streams;

/// <summary>Faults that outside callers of a stream are to meet, for people who test their producers.</summary>
/// <param name="ErrorRate">The share of records and reads that fail, 0 to 1.</param>
/// <param name="LatencyMilliseconds">Waited before each call is served, 0 to 60,000.</param>
public sealed record StreamFaults(double ErrorRate, int LatencyMilliseconds)
{
    public static readonly StreamFaults None = new(0, 0);
}
