using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tarn.Aws.S3.Settings;

/// <summary>
/// The tags of a bucket. The bucket setting <c>Tagging</c>: <code>{"tags":{"team":"data"}}</code>
/// </summary>
internal sealed record BucketTags(IReadOnlyDictionary<string, string> Tags)
{
    public string Write() => JsonSerializer.Serialize(this, BucketTagsJson.Default.BucketTags);

    public static BucketTags Read(string document) =>
        JsonSerializer.Deserialize(document, BucketTagsJson.Default.BucketTags)!;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BucketTags))]
internal sealed partial class BucketTagsJson : JsonSerializerContext;
