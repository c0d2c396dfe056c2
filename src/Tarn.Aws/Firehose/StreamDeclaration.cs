using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Tarn.Aws.Firehose.Destinations;
using Tarn.Aws.Protocol.Shapes;
using Tarn.Delivery;
using Tarn.Primitives.Identity;

namespace Tarn.Aws.Firehose;

/// <summary>
/// A delivery stream as requests of Firehose gave it, complete with defaults: all that is described and merged with,
/// also what has no effect. Kept as text beside the destination that is made of it, but for an endpoint's access key;
/// exactly one of its destinations is not null.
/// </summary>
internal sealed record StreamDeclaration
{
    public DirectPutSource? DirectPut { get; init; }

    public KinesisStreamSource? KinesisStream { get; init; }

    public ExtendedS3Settings? ExtendedS3 { get; init; }

    public HttpEndpointSettings? HttpEndpoint { get; init; }

    /// <summary>What was declared, or what a request would have said of one that no request made.</summary>
    public static StreamDeclaration Of(DeliverySource source, DeliveryDestination destination, LakeIdentity lake)
    {
        if (destination.Declared is { } text)
        {
            return JsonSerializer.Deserialize(text, FirehoseJson.Default.StreamDeclaration)!;
        }

        var declaration = new StreamDeclaration
        {
            KinesisStream = source is DeliverySource.FromStream from
                ? new KinesisStreamSource
                {
                    KinesisStreamARN = Kinesis.StreamRef.ArnOf(lake, from.Stream),
                    RoleARN = SettingsWriter.Role(lake),
                }
                : null,
        };
        return destination is EndpointDestination endpoint
            ? declaration with { HttpEndpoint = SettingsWriter.Write(endpoint, lake) }
            : declaration with { ExtendedS3 = SettingsWriter.Write((ObjectDestination)destination, lake) };
    }

    /// <summary>With the basic settings of S3 as an extended destination.</summary>
    public static ExtendedS3Settings Extend(S3Settings settings) => Reread(
        JsonSerializer.SerializeToNode(settings, FirehoseJson.Default.S3Settings)!.AsObject(),
        FirehoseJson.Default.ExtendedS3Settings);

    /// <summary>With an update of its destination, which must be of the same kind.</summary>
    public StreamDeclaration Merge(ExtendedS3Settings? s3, HttpEndpointSettings? endpoint) => this with
    {
        ExtendedS3 = s3 is null
            ? ExtendedS3
            : Defaults.Of(Merge(ExtendedS3!, s3, FirehoseJson.Default.ExtendedS3Settings)),
        HttpEndpoint = endpoint is null
            ? HttpEndpoint
            : Defaults.Of(Merge(HttpEndpoint!, endpoint, FirehoseJson.Default.HttpEndpointSettings)),
    };

    /// <summary>The destination that was declared, with this declaration as its text.</summary>
    public DeliveryDestination ToDestination(string account)
    {
        DeliveryDestination destination = ExtendedS3 is { } s3
            ? DestinationReader.Read(s3, account)
            : DestinationReader.Read(HttpEndpoint!);
        return destination with { Declared = JsonSerializer.Serialize(Open(), FirehoseJson.Default.StreamDeclaration) };
    }

    /// <summary>Without what must not be read from a description.</summary>
    private StreamDeclaration Open() => HttpEndpoint is { EndpointConfiguration: { } address } endpoint
        ? this with { HttpEndpoint = endpoint with { EndpointConfiguration = address with { AccessKey = null } } }
        : this;

    private static T Merge<T>(T standing, T update, JsonTypeInfo<T> type) => Reread(
        ShapeDocument.Merge(
            JsonSerializer.SerializeToNode(standing, type)!.AsObject(),
            JsonSerializer.SerializeToNode(update, type)!.AsObject(),
            Shape.Of(typeof(T))),
        type);

    private static T Reread<T>(JsonObject document, JsonTypeInfo<T> type) => document.Deserialize(type)!;
}
