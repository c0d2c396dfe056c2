namespace Tarn.Query.Writing.Files;

/// <summary>A file of rows that no object holds yet.</summary>
/// <param name="Values">The partition's values in order of the keys, NULL as Hive writes it; empty of a table without
/// partitions.</param>
public sealed record StagedRows(string Path, IReadOnlyList<string> Values, long Size)
{
    /// <summary>Of a table whose rows are divided among buckets.</summary>
    public int? Bucket { get; init; }
}
