using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tarn.Aws.S3.Settings;

/// <summary>
/// How far a bucket is closed to everybody. The bucket setting <c>PublicAccessBlock</c>:
/// <code>
/// {"blockPublicAcls":true,"ignorePublicAcls":true,"blockPublicPolicy":true,"restrictPublicBuckets":true}
/// </code>
/// The first two hold anyway: there are no ACLs.
/// </summary>
internal sealed record BlockedPublicAccess(
    bool BlockPublicAcls, bool IgnorePublicAcls, bool BlockPublicPolicy, bool RestrictPublicBuckets)
{
    public string Write() => JsonSerializer.Serialize(this, BlockedPublicAccessJson.Default.BlockedPublicAccess);

    public static BlockedPublicAccess Read(string document) =>
        JsonSerializer.Deserialize(document, BlockedPublicAccessJson.Default.BlockedPublicAccess)!;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BlockedPublicAccess))]
internal sealed partial class BlockedPublicAccessJson : JsonSerializerContext;
