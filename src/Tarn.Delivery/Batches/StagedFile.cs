namespace Tarn.Delivery.Batches;

/// <summary>A finished file in the staging directory.</summary>
internal sealed record StagedFile(string Path, long Records)
{
    /// <summary>Names of members that no column was read from.</summary>
    public IReadOnlyList<string> UnknownMembers { get; init; } = [];
}
