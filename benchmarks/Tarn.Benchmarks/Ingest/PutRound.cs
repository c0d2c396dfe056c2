namespace Tarn.Benchmarks.Ingest;

/// <summary>What one round of puts came to.</summary>
/// <param name="P50">Milliseconds from the first byte sent to the last byte of the answer.</param>
/// <param name="CpuNanoseconds">Of the server's process, per record.</param>
/// <param name="AllocatedBytes">Of the server's heap, per record, garbage included; null for a server that does not
/// tell.</param>
internal sealed record PutRound(
    long Records, double RecordsPerSecond, double P50, double P99, double CpuNanoseconds, double? AllocatedBytes);
