namespace Tarn.Catalog.Databases;

/// <summary>A named set of tables.</summary>
public sealed record Database
{
    public required string Name { get; init; }

    public string Description { get; init; } = "";

    /// <summary>Default place of its tables (<c>s3://…</c>), or null.</summary>
    public string? LocationUri { get; init; }

    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    public DateTimeOffset CreatedAt { get; init; }
}
