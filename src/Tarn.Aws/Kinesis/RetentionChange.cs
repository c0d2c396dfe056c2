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
    private const int HoursMin = 24;
    private const int HoursMax = 8760;

    protected override Input Read(JsonMembers members) => new(
        StreamRef.Read(members),
        members.RequiredNumber("RetentionPeriodHours", int.MinValue, int.MaxValue));

    protected override Task RunAsync(
        Input input, JsonCall call, Utf8JsonWriter answer, CancellationToken cancellation)
    {
        var stream = input.Stream.Find(streams, lake);
        CheckBounds(input.Hours);
        return streams.ConfigureAsync(
            stream.Name,
            spec =>
            {
                Check(input.Hours, spec);
                return spec with { RetentionHours = input.Hours };
            },
            cancellation);
    }

    /// <summary>Throws when the change goes the other way.</summary>
    protected abstract void Check(int hours, StreamSpec stream);

    private static void CheckBounds(int hours)
    {
        if (hours is < HoursMin or > HoursMax)
        {
            var (word, bound, fault) = hours < HoursMin
                ? ("Minimum", HoursMin, "short")
                : ("Maximum", HoursMax, "long");
            throw KinesisErrors.InvalidArgument(
                $"{word} allowed retention period is {bound} hours. "
                + $"Requested retention period ({hours} hours) is too {fault}.");
        }
    }

    internal sealed record Input(StreamRef Stream, int Hours);
}
