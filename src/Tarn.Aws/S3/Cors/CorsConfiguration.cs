using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tarn.Aws.S3.Cors;

/// <summary>
/// The rules of a bucket in order; the first that fits a request answers it. The bucket setting <c>Cors</c>:
/// <code>
/// {"rules":[{"id":"web","allowedOrigins":["https://a.example"],"allowedMethods":["GET"],"allowedHeaders":["*"],
///            "exposeHeaders":["ETag"],"maxAgeSeconds":3000}]}
/// </code>
/// <c>id</c> and <c>maxAgeSeconds</c> are left out when they are not set.
/// </summary>
internal sealed record CorsConfiguration(IReadOnlyList<CorsRule> Rules)
{
    public string Write() => JsonSerializer.Serialize(this, CorsJson.Default.CorsConfiguration);

    public static CorsConfiguration Read(string document) =>
        JsonSerializer.Deserialize(document, CorsJson.Default.CorsConfiguration)!;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CorsConfiguration))]
internal sealed partial class CorsJson : JsonSerializerContext;
