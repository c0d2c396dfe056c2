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

    /// <summary>
    /// What stands for the statement's <c>?</c>, in order, as SQL literals (<c>'a'</c>, <c>1</c>); null: it has none.
    /// </summary>
    public IReadOnlyList<string>? Parameters { get; init; }

    /// <summary>
    /// Null: run it. Else a result of the same statement in the same workgroup, database and output location that is at
    /// most so old is given again, as Athena does it: whatever became of the data meanwhile.
    /// </summary>
    public int? ReuseMinutesMax { get; init; }

    /// <summary>Whether the two ask for the same, token apart.</summary>
    internal bool IsSame(QueryRequest other) =>
        this with { Parameters = null, ClientRequestToken = null }
            == other with { Parameters = null, ClientRequestToken = null }
        && (Parameters ?? []).SequenceEqual(other.Parameters ?? [], StringComparer.Ordinal);
}
