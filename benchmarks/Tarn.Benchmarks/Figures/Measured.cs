namespace Tarn.Benchmarks.Figures;

/// <summary>What one round took.</summary>
internal readonly record struct Measured(TimeSpan Elapsed, TimeSpan Cpu);
