namespace Tarn.Query.Workgroups;

/// <summary>A workgroup: defaults and limits of the queries that are started in it.</summary>
public sealed record Workgroup
{
    /// <summary>Where results go when nobody says otherwise.</summary>
    public const string UsualOutputLocation = "s3://lake/results/";

    /// <summary>1 to 128 characters of [a-zA-Z0-9._-].</summary>
    public required string Name { get; init; }

    public string Description { get; init; } = "";

    /// <summary>False: every new query is refused.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>True: the output location that a client sends is not looked at.</summary>
    public bool IsEnforced { get; init; }

    /// <summary>Kept and told, without effect: figures of queries are at <c>/metrics</c>, always.</summary>
    public bool PublishesMetrics { get; init; }

    /// <summary>A query estimated above this is refused before it starts; null: no limit.</summary>
    public long? ScannedBytesMax { get; init; }

    /// <summary>
    /// A query that would bring what was scanned since midnight (UTC) above this is refused before it starts.
    /// </summary>
    public long? DailyScannedBytesMax { get; init; }

    /// <summary>A query is stopped at the row above this.</summary>
    public long? ResultRowsMax { get; init; }

    /// <summary>Memory of all the workgroup's running queries; they get a DuckDB instance of their own.</summary>
    public long? MemoryBytesMax { get; init; }

    /// <summary>A query that runs longer is stopped; waiting does not count.</summary>
    public int? RunSecondsMax { get; init; }

    /// <summary>Queries that run at once; further ones wait.</summary>
    public int? RunningMax { get; init; }

    /// <summary>Default place of results.</summary>
    public string OutputLocation { get; init; } = UsualOutputLocation;

    /// <summary>Set by the store; null for <c>primary</c> as long as nobody changed it.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
}
