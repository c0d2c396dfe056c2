using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Identity;
using Tarn.Streams;

namespace Tarn.Aws.Kinesis;

/// <summary>https://docs.aws.amazon.com/kinesis/latest/APIReference/API_UpdateMaxRecordSize.html</summary>
internal sealed class UpdateMaxRecordSize(IStreams streams, LakeIdentity lake)
    : KinesisOperation<UpdateMaxRecordSize.Input>
{
    public const int KiBMin = 1024;
    public const int KiBMax = 10240;

    public override string Name => "UpdateMaxRecordSize";

    protected override Input Read(JsonMembers members) => new(
        new StreamRef(null, members.Text("StreamARN")),
        members.RequiredNumber("MaxRecordSizeInKiB", KiBMin, KiBMax));

    protected override Task RunAsync(
        Input input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation) =>
        streams.ConfigureAsync(
            input.Stream.Find(streams, lake).Name,
            spec => spec with { RecordBytesMax = input.MaxRecordSizeInKiB * 1024 },
            cancellation);

    internal sealed record Input(StreamRef Stream, int MaxRecordSizeInKiB);
}
