using System.Text.Json;
using System.Text.Json.Serialization;
using Tarn.Primitives.Errors;

namespace Tarn.Storage.Objects.Notifications;

/// <summary>
/// What a bucket tells of its objects, and whom. The bucket setting <c>Notification</c>:
/// <code>
/// {"rules":[{"id":"new","stream":"arrivals","events":["s3:ObjectCreated:*"],"prefix":"raw/","suffix":".json"}]}
/// </code>
/// <c>prefix</c> and <c>suffix</c> are left out when they are not set.
/// </summary>
public sealed record NotificationConfiguration(IReadOnlyList<NotificationRule> Rules)
{
    internal string Write() =>
        JsonSerializer.Serialize(this, NotificationJson.Default.NotificationConfiguration);

    /// <summary>Fails with Damaged.</summary>
    internal static NotificationConfiguration Read(string bucket, string document)
    {
        try
        {
            return JsonSerializer.Deserialize(document, NotificationJson.Default.NotificationConfiguration)!;
        }
        catch (JsonException failure)
        {
            throw new TarnException(
                ErrorKind.Damaged, $"notification settings of bucket '{bucket}' are not readable", failure.Message,
                cause: failure);
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NotificationConfiguration))]
internal sealed partial class NotificationJson : JsonSerializerContext;
