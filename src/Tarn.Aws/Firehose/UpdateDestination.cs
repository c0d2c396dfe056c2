using System.Globalization;
using System.Text.Json;
using Tarn.Aws.Firehose.Destinations;
using Tarn.Aws.Protocol.Shapes;
using Tarn.Delivery;
using Tarn.Primitives.Errors;
using Tarn.Primitives.Identity;

namespace Tarn.Aws.Firehose;

/// <summary>
/// https://docs.aws.amazon.com/firehose/latest/APIReference/API_UpdateDestination.html. What the update says is merged
/// into the destination, member by member; lists of processors, and the two formats of a conversion, are replaced.
/// </summary>
internal sealed class UpdateDestination(IDeliveryStreams deliveries, LakeIdentity lake)
    : FirehoseOperation<UpdateDestinationInput>(FirehoseJson.Default.UpdateDestinationInput)
{
    public override string Name => "UpdateDestination";

    protected override ShapeForm Form => ShapeForm.Update;

    protected override async Task RunAsync(
        UpdateDestinationInput input, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        var name = input.DeliveryStreamName!;
        var status = await DeliveryLookup.FindAsync(deliveries, name, lake, cancellation);
        var (version, current) = (input.CurrentDeliveryStreamVersionId!, StreamDescriptionAnswer.VersionOf(status));
        if (version != current)
        {
            throw FirehoseErrors.WrongVersion(name, current, version);
        }

        if (input.DestinationId != StreamDescriptionAnswer.DestinationId)
        {
            throw FirehoseErrors.InvalidArgument($"Destination Id {input.DestinationId} not found");
        }

        var (s3, endpoint) = ReadUpdate(input);
        await deliveries.UpdateAsync(
            name,
            long.Parse(version, CultureInfo.InvariantCulture),
            standing => Merge(status.Spec.Source, standing, s3, endpoint),
            cancellation);
    }

    private static (ExtendedS3Settings? S3, HttpEndpointSettings? Endpoint) ReadUpdate(UpdateDestinationInput input) =>
        (input.S3DestinationUpdate, input.ExtendedS3DestinationUpdate, input.HttpEndpointDestinationUpdate) switch
        {
            ({ } s3, null, null) => (StreamDeclaration.Extend(s3), null),
            (null, { } s3, null) => (s3, null),
            (null, null, { } endpoint) => (null, endpoint),
            (null, null, null) => throw FirehoseErrors.InvalidArgument(
                "At least one destination or source configuration update must be provided"),
            _ => throw FirehoseErrors.InvalidArgument("Exactly one destination update is supported for a Firehose"),
        };

    private DeliveryDestination Merge(
        DeliverySource source, DeliveryDestination standing, ExtendedS3Settings? s3, HttpEndpointSettings? endpoint)
    {
        var declaration = StreamDeclaration.Of(source, standing, lake);
        if (standing is EndpointDestination != endpoint is not null)
        {
            throw new TarnException(
                ErrorKind.Unsupported,
                "a destination cannot be changed between S3 and an HTTP endpoint",
                hint: "make another delivery stream");
        }

        if (declaration.ExtendedS3?.S3BackupMode == ExtendedS3Settings.BackupEnabled
            && s3?.S3BackupMode == ExtendedS3Settings.BackupDisabled)
        {
            throw FirehoseErrors.InvalidArgument("Disabling S3 backup is not currently supported.");
        }

        var merged = declaration.Merge(s3, endpoint).ToDestination(lake.AccountId);
        return (standing, merged) switch
        {
            // What only a lake project can say stays as it is.
            (ObjectDestination before, ObjectDestination after) => after with
            {
                Form = before.Form, EventTime = before.EventTime, Table = before.Table,
            },
            (EndpointDestination before, EndpointDestination after) when after.AccessKey is null =>
                after with { AccessKey = before.AccessKey },
            _ => merged,
        };
    }
}
