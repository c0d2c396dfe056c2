using Tarn.Primitives.Identity;
using Tarn.Streams;

namespace Tarn.Aws.Kinesis;

/// <summary>https://docs.aws.amazon.com/kinesis/latest/APIReference/API_EnableEnhancedMonitoring.html</summary>
internal sealed class EnableEnhancedMonitoring(IStreams streams, LakeIdentity lake) : MonitoringChange(streams, lake)
{
    public override string Name => "EnableEnhancedMonitoring";

    protected override EnhancedMetrics Change(EnhancedMetrics before, EnhancedMetrics named) => before | named;
}
