namespace Tarn.Benchmarks.Objects;

/// <summary>What one round of a shape came to.</summary>
/// <param name="P50">Milliseconds from the first byte sent to the last byte of the answer.</param>
/// <param name="CpuMicroseconds">Of the server's processes, kernel included, per request.</param>
internal sealed record ObjectRound(double RequestsPerSecond, double P50, double P99, double CpuMicroseconds);
