namespace Tarn.Delivery;

/// <summary>
/// Records are JSON and become Parquet by the columns of a Glue table. The objects' own compression must be none: the
/// file compresses its columns itself.
/// </summary>
public sealed record FormatConversion
{
    /// <summary>The version that means the newest at the time a batch is planned.</summary>
    public const string LatestVersion = "LATEST";

    /// <summary>How the JSON is read.</summary>
    public JsonSerDe Input { get; init; } = new OpenXJsonSerDe();

    /// <summary>How the Parquet file is written.</summary>
    public ParquetOutput Output { get; init; } = new();

    /// <summary>Database of the table whose columns the records have.</summary>
    public required string Database { get; init; }

    /// <summary>The table. Its partition keys are not written.</summary>
    public required string Table { get; init; }

    /// <summary>Version of the table, or <see cref="LatestVersion"/>.</summary>
    public string VersionId { get; init; } = LatestVersion;
}
