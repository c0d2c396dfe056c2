using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Tarn.Aws.Firehose.Destinations;
using Tarn.Aws.Protocol.Shapes;
using Tarn.Delivery;
using Tarn.Streams;

namespace Tarn.Aws.Firehose;

/// <summary>Source and destination of a delivery stream as they are described.</summary>
internal static class StreamDescriptionAnswer
{
    /// <summary>A delivery stream has one destination.</summary>
    public const string DestinationId = "destinationId-000000000001";

    public static string VersionOf(DeliveryStatus status) => status.Version.ToString(CultureInfo.InvariantCulture);

    /// <summary>A stream that is read from its oldest record is delivered from its own beginning.</summary>
    public static void WriteSource(
        Utf8JsonWriter answer, StreamDeclaration declaration, DeliveryStatus status, IStreams streams)
    {
        if (declaration is { KinesisStream: null, DirectPut: null })
        {
            return;
        }

        answer.WriteStartObject("Source");
        if (declaration.DirectPut is { } direct)
        {
            answer.WriteStartObject("DirectPutSourceDescription");
            answer.WriteNumber("ThroughputHintInMBs", direct.ThroughputHintInMBs!.Value);
            answer.WriteEndObject();
        }

        if (declaration.KinesisStream is { } kinesis)
        {
            answer.WriteStartObject("KinesisStreamSourceDescription");
            answer.WriteString("KinesisStreamARN", kinesis.KinesisStreamARN);
            answer.WriteString("RoleARN", kinesis.RoleARN);
            if (status.Spec.Source is DeliverySource.FromStream from && streams.Find(from.Stream) is { } stream)
            {
                var start = from.From ?? stream.CreatedAt;
                answer.WriteNumber("DeliveryStartTimestamp", start.ToUnixTimeMilliseconds() / 1000m);
            }

            answer.WriteEndObject();
        }

        answer.WriteEndObject();
    }

    /// <summary>S3 is described in its old form too, as AWS does.</summary>
    public static void WriteDestination(Utf8JsonWriter answer, StreamDeclaration declaration)
    {
        answer.WriteStartObject();
        answer.WriteString("DestinationId", DestinationId);
        if (declaration.ExtendedS3 is { } s3)
        {
            Write(answer, "S3DestinationDescription", s3, FirehoseJson.Default.ExtendedS3Settings, typeof(S3Settings));
            Write(
                answer,
                "ExtendedS3DestinationDescription",
                s3,
                FirehoseJson.Default.ExtendedS3Settings,
                typeof(ExtendedS3Settings));
        }
        else
        {
            Write(
                answer,
                "HttpEndpointDestinationDescription",
                declaration.HttpEndpoint!,
                FirehoseJson.Default.HttpEndpointSettings,
                typeof(HttpEndpointSettings));
        }

        answer.WriteEndObject();
    }

    private static void Write<T>(
        Utf8JsonWriter answer, string name, T settings, JsonTypeInfo<T> type, Type described)
    {
        answer.WritePropertyName(name);
        var document = JsonSerializer.SerializeToNode(settings, type)!.AsObject();
        ShapeDocument.Describe(answer, document, Shape.Of(described));
    }
}
