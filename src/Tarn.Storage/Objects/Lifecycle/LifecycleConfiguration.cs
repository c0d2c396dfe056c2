using System.Text.Json;
using System.Text.Json.Serialization;
using Tarn.Primitives.Errors;

namespace Tarn.Storage.Objects.Lifecycle;

/// <summary>
/// When a bucket's objects and unfinished uploads expire. The bucket setting <c>Lifecycle</c>:
/// <code>
/// {"rules":[{"id":"raw","isEnabled":true,"isOldForm":false,
///            "filter":{"prefix":"raw/","tags":{"team":"a"},"sizeGreaterThan":0,"sizeLessThan":1024},
///            "expirationDays":30,"expirationDate":"2027-01-01T00:00:00+00:00","expiresDeleteMarkers":true,
///            "noncurrentDays":7,"newerNoncurrentVersions":3,"abortUploadsAfterDays":2}]}
/// </code>
/// What is not set is left out.
/// </summary>
public sealed record LifecycleConfiguration(IReadOnlyList<LifecycleRule> Rules)
{
    /// <summary>When this current object expires and by which rule: the earliest one. Null: never.</summary>
    public LifecycleExpiry? ExpiryOf(ObjectInfo info) => Rules
        .Select(rule => rule.ExpiryOf(info) is { } at ? new LifecycleExpiry(at, rule.Id) : null)
        .Where(expiry => expiry is not null)
        .MinBy(expiry => expiry!.At);

    /// <summary>When an upload to this key is ended and by which rule. Null: never.</summary>
    public LifecycleExpiry? EndOfUpload(string key, DateTimeOffset initiated) => Rules
        .Select(rule => rule.EndOfUpload(key, initiated) is { } at ? new LifecycleExpiry(at, rule.Id) : null)
        .Where(expiry => expiry is not null)
        .MinBy(expiry => expiry!.At);

    internal string Write() => JsonSerializer.Serialize(this, LifecycleJson.Default.LifecycleConfiguration);

    /// <summary>Fails with Damaged.</summary>
    internal static LifecycleConfiguration Read(string bucket, string document)
    {
        try
        {
            return JsonSerializer.Deserialize(document, LifecycleJson.Default.LifecycleConfiguration)!;
        }
        catch (JsonException failure)
        {
            throw new TarnException(
                ErrorKind.Damaged, $"lifecycle rules of bucket '{bucket}' are not readable", failure.Message,
                cause: failure);
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(LifecycleConfiguration))]
internal sealed partial class LifecycleJson : JsonSerializerContext;
