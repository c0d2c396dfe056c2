namespace Tarn.Aws.Protocol;

/// <summary>A service whose requests are recognised, whether or not its operations are implemented.</summary>
/// <param name="Name">As in credential scopes and ARNs: <c>kinesis</c>.</param>
/// <param name="Title">For people: <c>Kinesis Data Streams</c>.</param>
/// <param name="Protocol">How it is spoken.</param>
/// <param name="TargetPrefix">What X-Amz-Target begins with, or the Version of the query protocol; empty for
/// S3.</param>
internal sealed record AwsService(string Name, string Title, WireProtocol Protocol, string TargetPrefix)
{
    public static readonly AwsService Kinesis =
        new("kinesis", "Kinesis Data Streams", WireProtocol.Json, "Kinesis_20131202") { SpeaksCbor = true };

    public static readonly AwsService Firehose = new("firehose", "Firehose", WireProtocol.Json, "Firehose_20150804");

    public static readonly AwsService Athena = new("athena", "Athena", WireProtocol.Json, "AmazonAthena");

    public static readonly AwsService Glue = new("glue", "Glue", WireProtocol.Json, "AWSGlue");

    public static readonly AwsService Sts =
        new("sts", "Security Token Service", WireProtocol.Query, "2011-06-15");

    public static readonly AwsService S3 = new("s3", "S3", WireProtocol.Rest, "");

    /// <summary>Whether requests with X-Amz-Target may be CBOR instead of JSON.</summary>
    public bool SpeaksCbor { get; private init; }

    public static readonly IReadOnlyList<AwsService> All = [Kinesis, Firehose, S3, Glue, Athena, Sts];
}
