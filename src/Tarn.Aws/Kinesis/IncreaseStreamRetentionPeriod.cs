using Tarn.Primitives.Identity;
using Tarn.Streams;

namespace Tarn.Aws.Kinesis;

/// <summary>https://docs.aws.amazon.com/kinesis/latest/APIReference/API_IncreaseStreamRetentionPeriod.html</summary>
internal sealed class IncreaseStreamRetentionPeriod(
    IStreams streams, LakeIdentity lake) : RetentionChange(streams, lake)
{
    public override string Name => "IncreaseStreamRetentionPeriod";

    protected override void Check(int hours, StreamSpec stream)
    {
        if (hours < stream.RetentionHours)
        {
            throw KinesisErrors.InvalidArgument(
                $"Requested retention period ({hours} hours) for stream {stream.Name} can not be shorter than existing "
                + $"retention period ({stream.RetentionHours} hours). Use DecreaseRetentionPeriod API.");
        }
    }
}
