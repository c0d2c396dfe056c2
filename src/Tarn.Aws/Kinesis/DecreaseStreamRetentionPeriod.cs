using Tarn.Primitives.Identity;
using Tarn.Streams;

namespace Tarn.Aws.Kinesis;

/// <summary>https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DecreaseStreamRetentionPeriod.html</summary>
internal sealed class DecreaseStreamRetentionPeriod(
    IStreams streams, LakeIdentity lake) : RetentionChange(streams, lake)
{
    public override string Name => "DecreaseStreamRetentionPeriod";

    protected override void Check(int hours, StreamSpec stream)
    {
        if (hours > stream.RetentionHours)
        {
            throw KinesisErrors.InvalidArgument(
                $"Requested retention period ({hours} hours) for stream {stream.Name} can not be longer than existing "
                + $"retention period ({stream.RetentionHours} hours). Use IncreaseRetentionPeriod API.");
        }
    }
}
