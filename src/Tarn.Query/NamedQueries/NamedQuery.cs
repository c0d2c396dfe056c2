namespace Tarn.Query.NamedQueries;

/// <summary>A query that somebody kept under a name. Names need not be unique.</summary>
public sealed record NamedQuery
{
    /// <summary>UUID text.</summary>
    public required string Id { get; init; }

    public required string Workgroup { get; init; }

    /// <summary>1 to 128 characters.</summary>
    public required string Name { get; init; }

    public string Description { get; init; } = "";

    public required string Database { get; init; }

    public required string Sql { get; init; }
}
