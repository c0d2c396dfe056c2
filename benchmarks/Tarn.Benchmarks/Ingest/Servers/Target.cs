namespace Tarn.Benchmarks.Ingest.Servers;

/// <summary>A server under load.</summary>
/// <param name="KeepsRecords">False: a ceiling, which has no streams and nothing to read back.</param>
internal sealed record Target(string Name, bool KeepsRecords, ServerProcess Server);
