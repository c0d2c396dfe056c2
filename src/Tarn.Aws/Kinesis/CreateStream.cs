using System.Text.Json;
using Tarn.Aws.Protocol;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Identity;
using Tarn.Streams;

namespace Tarn.Aws.Kinesis;

/// <summary>
/// https://docs.aws.amazon.com/kinesis/latest/APIReference/API_CreateStream.html. The stream is ACTIVE when it is
/// answered.
/// </summary>
internal sealed class CreateStream(IStreams streams, LakeIdentity lake) : KinesisOperation<CreateStream.Input>
{
    private const int OnDemandShards = 4;

    public override string Name => "CreateStream";

    protected override Input Read(JsonMembers members)
    {
        var input = new Input(
            StreamRef.CheckName(members.RequiredText("StreamName")),
            members.Number("ShardCount", 1, int.MaxValue),
            members.Object("StreamModeDetails") is { } details && StreamMode.Read(details),
            TagRules.Read(members),
            members.Number("MaxRecordSizeInKiB", UpdateMaxRecordSize.KiBMin, UpdateMaxRecordSize.KiBMax));
        StreamMode.RefuseWarmThroughput(members, Name);
        return input;
    }

    protected override async Task RunAsync(
        Input input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        if (input.OnDemand == input.ShardCount.HasValue)
        {
            throw KinesisErrors.Validation(input.OnDemand
                ? "ShardCount cannot be given for a stream in ON_DEMAND mode."
                : "ShardCount must be given for a stream in PROVISIONED mode.");
        }

        if (streams.Find(input.StreamName) is not null)
        {
            throw new AwsException(
                "ResourceInUseException",
                400,
                $"Stream {input.StreamName} under account {lake.AccountId} already exists.");
        }

        var spec = new StreamSpec
        {
            Name = input.StreamName,
            ShardCount = input.ShardCount ?? OnDemandShards,
            OnDemand = input.OnDemand,
            Tags = TagRules.Add(StreamSpec.NoTags, input.Tags, $"stream {input.StreamName}", lake),
        };
        if (input.MaxRecordSizeInKiB is { } size)
        {
            spec = spec with { RecordBytesMax = size * 1024 };
        }

        await streams.CreateAsync(spec, cancellation);
    }

    internal sealed record Input(
        string StreamName,
        int? ShardCount,
        bool OnDemand,
        IReadOnlyDictionary<string, string>? Tags,
        int? MaxRecordSizeInKiB);
}
