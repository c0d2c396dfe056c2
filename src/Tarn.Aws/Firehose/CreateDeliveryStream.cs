using System.Collections.Immutable;
using System.Text.Json;
using Tarn.Aws.Firehose.Destinations;
using Tarn.Aws.Kinesis;
using Tarn.Aws.Protocol;
using Tarn.Delivery;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;
using Tarn.Streams;

namespace Tarn.Aws.Firehose;

/// <summary>
/// https://docs.aws.amazon.com/firehose/latest/APIReference/API_CreateDeliveryStream.html. The delivery stream is
/// ACTIVE when it is answered. A source is read from that moment on, as Firehose does.
/// </summary>
internal sealed class CreateDeliveryStream(
    IDeliveryStreams deliveries, IStreams streams, LakeIdentity lake, TimeProvider time)
    : FirehoseOperation<CreateDeliveryStreamInput>(FirehoseJson.Default.CreateDeliveryStreamInput)
{
    public override string Name => "CreateDeliveryStream";

    protected override async Task RunAsync(
        CreateDeliveryStreamInput input, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        var name = input.DeliveryStreamName!;
        if (await deliveries.FindAsync(name, cancellation) is not null)
        {
            throw FirehoseErrors.AlreadyExists(name, lake.AccountId);
        }

        var spec = new DeliverySpec
        {
            Name = name,
            Source = ReadSource(input),
            Destination = Declare(input).ToDestination(lake.AccountId),
        };
        var tags = (input.Tags ?? []).ToImmutableSortedDictionary(
            tag => tag.Key!, tag => tag.Value ?? "", StringComparer.Ordinal);
        try
        {
            await deliveries.CreateAsync(spec, tags, cancellation);
        }
        catch (TarnException missing) when (missing.Kind == ErrorKind.NotFound)
        {
            throw FirehoseErrors.InvalidArgument(missing.Message); // something that the settings name, not the stream
        }

        answer.WriteString("DeliveryStreamARN", DeliveryStreamArn.Of(lake, name));
    }

    private static StreamDeclaration Declare(CreateDeliveryStreamInput input)
    {
        var declaration = new StreamDeclaration
        {
            DirectPut = input.DirectPutSourceConfiguration, KinesisStream = input.KinesisStreamSourceConfiguration,
        };
        return (input.S3DestinationConfiguration, input.ExtendedS3DestinationConfiguration,
            input.HttpEndpointDestinationConfiguration) switch
        {
            ({ } s3, null, null) => declaration with { ExtendedS3 = Defaults.Of(StreamDeclaration.Extend(s3)) },
            (null, { } s3, null) => declaration with { ExtendedS3 = Defaults.Of(s3) },
            (null, null, { } endpoint) => declaration with { HttpEndpoint = Defaults.Of(endpoint) },
            _ => throw FirehoseErrors.InvalidArgument(
                "Exactly one destination configuration is supported for a Firehose"),
        };
    }

    private DeliverySource ReadSource(CreateDeliveryStreamInput input)
    {
        var isDirect = input.DeliveryStreamType is null or CreateDeliveryStreamInput.DirectPut;
        if (isDirect && input.KinesisStreamSourceConfiguration is not null)
        {
            throw FirehoseErrors.InvalidArgument(
                "KinesisStreamSourceConfiguration cannot be given for a delivery stream of type DirectPut.");
        }

        if (isDirect)
        {
            return new DeliverySource.DirectPut();
        }

        if (input.DirectPutSourceConfiguration is not null)
        {
            throw FirehoseErrors.InvalidArgument(
                "DirectPutSourceConfiguration cannot be given for a delivery stream of type KinesisStreamAsSource.");
        }

        var source = input.KinesisStreamSourceConfiguration ?? throw FirehoseErrors.InvalidArgument(
            "KinesisSourceStreamConfig is mandatory for KinesisStreamAsSource stream type.");
        var stream = new StreamRef(null, source.KinesisStreamARN).Resolve(lake);
        return streams.Find(stream) is not null
            ? new DeliverySource.FromStream(stream) { From = time.GetUtcNow() }
            : throw FirehoseErrors.InvalidArgument($"Stream {stream} under account {lake.AccountId} not found.");
    }
}
