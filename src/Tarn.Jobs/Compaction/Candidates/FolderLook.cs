namespace Tarn.Jobs.Compaction.Candidates;

/// <summary>What a look at one folder found.</summary>
/// <param name="NextAt">When to look again if nothing was found.</param>
internal sealed record FolderLook(IReadOnlyList<MergeGroup> Groups, DateTimeOffset NextAt);
