namespace Tarn.Query.Workgroups;

/// <summary>A workgroup.</summary>
public sealed record Workgroup
{
    /// <summary>1 to 128 characters of [a-zA-Z0-9._-].</summary>
    public required string Name { get; init; }

    /// <summary>A query estimated above this is refused before it starts; null: no limit.</summary>
    public long? ScannedBytesMax { get; init; }

    /// <summary>Default place of results.</summary>
    public string OutputLocation { get; init; } = "s3://lake/results/";
}
