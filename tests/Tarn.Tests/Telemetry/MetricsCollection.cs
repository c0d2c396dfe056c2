namespace Tarn.Tests.Telemetry;

/// <summary>Runs while nothing else does: meters belong to the process, and what other tests put would be measured
/// too.</summary>
[CollectionDefinition(nameof(MetricsCollection), DisableParallelization = true)]
public sealed class MetricsCollection;
