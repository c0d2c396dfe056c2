namespace Tarn.Benchmarks.Ingest.Wire;

/// <summary>An AWS service of the JSON 1.1 protocol.</summary>
/// <param name="SigningName">In the credential's scope.</param>
/// <param name="Target">Before the operation's name in X-Amz-Target.</param>
internal sealed record WireService(string SigningName, string Target)
{
    public static WireService Kinesis { get; } = new("kinesis", "Kinesis_20131202");

    public static WireService Athena { get; } = new("athena", "AmazonAthena");
}
