using System.Text.Json;
using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Identity;
using Tarn.Streams;

namespace Tarn.Aws.Kinesis;

/// <summary>
/// What the two operations on a stream's retention share: the input, and the direction being checked.
/// </summary>
internal abstract class RetentionChange(IStreams streams, LakeIdentity lake) : KinesisOperation<RetentionChange.Input>
{
    protected override Input Read(JsonMembers members)
    {
        var stream = StreamRef.Read(members);
        return new Input(stream, members.RequiredNumber("RetentionPeriodHours", 24, 8760));
    }

    protected override Task RunAsync(
        Input input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        var stream = input.Stream.Find(streams, lake);
        Check(input.Hours, stream);
        return streams.ConfigureAsync(
            stream.Name, spec => spec with { RetentionHours = input.Hours }, cancellation);
    }

    /// <summary>Throws when the change goes the other way.</summary>
    protected abstract void Check(int hours, StreamDescription stream);

    internal sealed record Input(StreamRef Stream, int Hours);
}
