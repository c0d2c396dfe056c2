namespace Tarn.Query.Writing.Commits;

/// <summary>What a committed write left.</summary>
/// <param name="Manifest">The object that lists the written ones, a line each.</param>
internal sealed record WriteSummary(long Rows, IReadOnlyList<string> Objects, string Manifest);
