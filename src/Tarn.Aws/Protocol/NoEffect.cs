namespace Tarn.Aws.Protocol;

/// <summary>
/// The one table of what a request may say without anything coming of it, with the reason. All else that Tarn does
/// not honour is refused by name. The coverage page prints this table.
/// </summary>
internal static class NoEffect
{
    private const string Metrics = "figures of queries are at /metrics, always; it is given back";

    /// <summary>Members of JSON requests.</summary>
    public static readonly IReadOnlyList<(
        AwsService Service, string Operation, string Member, string Reason)> JsonMembers =
    [
        (AwsService.Athena, "CreateWorkGroup", "Configuration.PublishCloudWatchMetricsEnabled", Metrics),
        (
            AwsService.Athena, "UpdateWorkGroup", "ConfigurationUpdates.PublishCloudWatchMetricsEnabled", Metrics),
        (AwsService.Glue, "GetPartitions", "ExcludeColumnSchema", "only makes AWS's answer smaller"),
        (AwsService.Glue, "GetTable", "IncludeStatusDetails", "a table is never in a state of change here"),
        (AwsService.Glue, "GetTables", "IncludeStatusDetails", "a table is never in a state of change here"),
        (AwsService.Glue, "CreateTable", "TableInput.StorageDescriptor.SerdeInfo.Name", "a label without use"),
    ];

    private static readonly ILookup<(AwsService, string), string> ByOperation =
        JsonMembers.ToLookup(row => (row.Service, row.Operation), row => row.Member);

    /// <summary>Headers of S3 requests, by lower-case name.</summary>
    public static readonly IReadOnlyDictionary<string, string> RestHeaders = new Dictionary<string, string>
    {
        ["x-amz-user-agent"] = "says which software calls",
        ["x-amz-te"] = "says that trailers are understood",
        ["x-amz-sdk-checksum-algorithm"] = "repeats the checksum header or trailer, which is verified",
    };

    /// <summary>Query parameters of S3 requests.</summary>
    public static readonly IReadOnlyDictionary<string, string> RestParameters = new Dictionary<string, string>
    {
        ["x-id"] = "repeats the operation's name",
    };

    /// <summary>Paths of the members of one operation.</summary>
    public static IReadOnlySet<string> Members(AwsService service, string operation) =>
        ByOperation[(service, operation)]
        .ToHashSet(StringComparer.Ordinal);
}
