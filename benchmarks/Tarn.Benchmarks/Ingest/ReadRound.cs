namespace Tarn.Benchmarks.Ingest;

/// <summary>What one read of a whole stream came to.</summary>
/// <param name="CpuNanoseconds">Of the server's process, per record.</param>
internal sealed record ReadRound(long Records, double RecordsPerSecond, double CpuNanoseconds);
