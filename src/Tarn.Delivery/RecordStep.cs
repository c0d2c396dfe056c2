using System.Text.Json.Serialization;

namespace Tarn.Delivery;

/// <summary>
/// Something done to records between their source and their destination: exactly one of the cases below. Steps run in
/// Firehose's order, whatever order they are declared in: decompression, CloudWatch Logs, deaggregation, function,
/// metadata, delimiter. Each may stand once.
/// </summary>
/// <remarks>Stored within a delivery stream's settings; the case stands in the member <c>$type</c>.</remarks>
[JsonPolymorphic(UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization)]
[JsonDerivedType(typeof(DecompressStep), "decompress")]
[JsonDerivedType(typeof(CloudWatchLogsStep), "cloudWatchLogs")]
[JsonDerivedType(typeof(LambdaStep), "lambda")]
[JsonDerivedType(typeof(DeaggregateStep), "deaggregate")]
[JsonDerivedType(typeof(MetadataStep), "metadata")]
[JsonDerivedType(typeof(DelimiterStep), "delimiter")]
public abstract record RecordStep
{
    private protected RecordStep()
    {
    }
}
