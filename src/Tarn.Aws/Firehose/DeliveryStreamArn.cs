using Tarn.Primitives.Identity;

namespace Tarn.Aws.Firehose;

/// <summary>ARNs of delivery streams.</summary>
internal static class DeliveryStreamArn
{
    public static string Of(LakeIdentity lake, string name) => lake.Arn("firehose", "deliverystream/" + name);
}
