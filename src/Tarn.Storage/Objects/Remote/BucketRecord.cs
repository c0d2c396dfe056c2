using System.Text.Json;
using System.Text.Json.Serialization;
using Tarn.Primitives.Errors;
using Tarn.Storage.Objects.Buckets;

namespace Tarn.Storage.Objects.Remote;

/// <summary>
/// The object that stands for a bucket in an S3 service, JSON:
/// <code>{"version": 1, "created": 1700000000000, "settings": {"Cors": "..."}}</code>
/// <c>created</c> is in ms since 1970 UTC; <c>settings</c> holds a document per <see cref="BucketSetting"/> that is
/// set.
/// </summary>
internal sealed record BucketRecord
{
    public const int VersionNow = 1;

    [JsonPropertyName("version")]
    public required int Version { get; init; }

    [JsonPropertyName("created")]
    public required long Created { get; init; }

    [JsonPropertyName("settings")]
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, BucketRecordJson.Default.BucketRecord);

    /// <summary>Fails with Damaged; a later version is refused too.</summary>
    public static BucketRecord Read(string name, byte[] json)
    {
        try
        {
            var record = JsonSerializer.Deserialize(json, BucketRecordJson.Default.BucketRecord);
            return record is { Version: VersionNow } ? record : throw Damaged(
                name, $"version {record?.Version} is not known to this tarn", null);
        }
        catch (JsonException failure)
        {
            throw Damaged(name, failure.Message, failure);
        }
    }

    public BucketInfo ToInfo(string bucket) => new(bucket, DateTimeOffset.FromUnixTimeMilliseconds(Created));

    private static TarnException Damaged(string name, string what, Exception? cause) =>
        new(ErrorKind.Damaged, $"the record of a bucket, '{name}', is not readable", what, cause: cause);
}

[JsonSerializable(typeof(BucketRecord))]
internal sealed partial class BucketRecordJson : JsonSerializerContext;
