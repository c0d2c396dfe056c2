namespace Tarn.Jobs.Targets;

/// <summary>A Parquet file that a run wrote and no object holds yet.</summary>
/// <param name="Folder">Below the target, as in <c>year=2026/month=11/</c>; empty when the target has no
/// partitions.</param>
/// <param name="Values">The partition's values, in order of the keys.</param>
internal sealed record StagedFile(string Path, string Folder, IReadOnlyList<string> Values, long Size);
