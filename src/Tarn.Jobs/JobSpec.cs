using Tarn.Jobs.Runs;

namespace Tarn.Jobs;

/// <summary>A job: its front matter and its SELECT.</summary>
public sealed record JobSpec
{
    public required string Name { get; init; }

    /// <summary>The SELECT, in Athena's language.</summary>
    public required string Sql { get; init; }

    /// <summary>
    /// <c>database.table</c> that receives the Parquet files; made from the result's columns when missing.
    /// </summary>
    public required string Target { get; init; }

    /// <summary>
    /// <c>s3://bucket/prefix/</c> of a target that is made; default <c>s3://lake/curated/&lt;table&gt;/</c>.
    /// </summary>
    public string? Location { get; init; }

    /// <summary>Result columns that partition the target, in order; they come last in the SELECT.</summary>
    public IReadOnlyList<string> PartitionedBy { get; init; } = [];

    /// <summary>
    /// <c>database.table</c> whose objects are used once each; null: every run reads everything and replaces the
    /// target.
    /// </summary>
    public string? Bookmark { get; init; }

    /// <summary>Cron text of five fields (UTC), or null: only on demand.</summary>
    public string? Schedule { get; init; }
}
