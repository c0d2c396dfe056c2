using Tarn.Primitives.Identity;
using Tarn.Streams;

namespace Tarn.Aws.Kinesis;

/// <summary>https://docs.aws.amazon.com/kinesis/latest/APIReference/API_DisableEnhancedMonitoring.html</summary>
internal sealed class DisableEnhancedMonitoring(IStreams streams, LakeIdentity lake) : MonitoringChange(streams, lake)
{
    public override string Name => "DisableEnhancedMonitoring";

    protected override EnhancedMetrics Change(EnhancedMetrics before, EnhancedMetrics named) => before & ~named;
}
