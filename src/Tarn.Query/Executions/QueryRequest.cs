namespace Tarn.Query.Executions;

/// <summary>A query to be run.</summary>
public sealed record QueryRequest
{
    public required string Sql { get; init; }

    /// <summary>Database of unqualified table names.</summary>
    public string Database { get; init; } = "default";

    public string Workgroup { get; init; } = "primary";

    /// <summary><c>s3://bucket/prefix/</c> for the result; null: the workgroup's.</summary>
    public string? OutputLocation { get; init; }

    /// <summary>Two requests with the same token start one execution.</summary>
    public string? ClientRequestToken { get; init; }
}
