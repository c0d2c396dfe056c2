namespace Tarn.ContinuousQueries.Definitions;

/// <summary>WITH (...) of a sink.</summary>
internal sealed record SinkOptions
{
    /// <summary>How often output leaves. Null: the target's.</summary>
    public long? CommitMilliseconds { get; init; }

    /// <summary>Of a stream: the column whose value is a record's partition key. Null: the view's key, or spread.
    /// </summary>
    public string? PartitionKey { get; init; }

    /// <summary>Of a webhook: rows of one post. Null: the target's.</summary>
    public int? BatchRows { get; init; }

    /// <summary>Of a table that is made: <c>s3://bucket/prefix/</c>.</summary>
    public string? Location { get; init; }
}
