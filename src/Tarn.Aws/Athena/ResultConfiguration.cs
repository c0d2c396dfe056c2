using Tarn.Aws.Protocol.Json;
using Tarn.Primitives.Identity;

namespace Tarn.Aws.Athena;

/// <summary>https://docs.aws.amazon.com/athena/latest/APIReference/API_ResultConfiguration.html</summary>
internal static class ResultConfiguration
{
    /// <summary>The output location, or null. An expected owner other than this lake is refused.</summary>
    public static string? Read(JsonMembers? members, LakeIdentity lake)
    {
        if (members?.Text("ExpectedBucketOwner") is { } owner && owner != lake.AccountId)
        {
            throw AthenaErrors.Invalid($"the bucket's owner is {lake.AccountId}, not {owner}");
        }

        return members?.Text("OutputLocation");
    }
}
