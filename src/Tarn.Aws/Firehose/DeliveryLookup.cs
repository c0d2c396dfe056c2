using Tarn.Delivery;
using Tarn.Primitives.Identity;

namespace Tarn.Aws.Firehose;

/// <summary>Finds delivery streams by name.</summary>
internal static class DeliveryLookup
{
    /// <summary>The delivery stream, or AWS's error.</summary>
    public static async Task<DeliveryStatus> FindAsync(
        IDeliveryStreams deliveries, string name, LakeIdentity lake, CancellationToken cancellation) =>
        await deliveries.FindAsync(name, cancellation) ?? throw FirehoseErrors.NotFound(name, lake.AccountId);
}
