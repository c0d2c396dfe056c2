using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tarn.Primitives.Identity;
using Tarn.Storage.Objects;
using Tarn.Storage.Objects.Notifications;
using Tarn.Streams.Records;

namespace Tarn.Delivery.Notifications;

/// <summary>
/// An event as a record of a stream: AWS's message
/// (https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html), one event each. Who did
/// it and from where stands in no commit and is left out.
/// </summary>
internal static class EventMessage
{
    private const int PartitionKeyCharactersMax = 256;

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static StreamEntry Entry(WaitingEvent e, LakeIdentity lake) => new(PartitionKey(e.Key), Write(e, lake));

    /// <summary>
    /// BUCKET/KEY, so that a key's events keep their order; a key too long for that is told by its hash.
    /// </summary>
    private static byte[] PartitionKey(ObjectKey key)
    {
        var whole = $"{key.Bucket}/{key.Key}";
        return Encoding.UTF8.GetBytes(whole.Length <= PartitionKeyCharactersMax
            ? whole
            : $"{key.Bucket}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key.Key)))}");
    }

    private static byte[] Write(WaitingEvent e, LakeIdentity lake)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Plain))
        {
            json.WriteStartObject();
            json.WriteStartArray("Records");
            json.WriteStartObject();
            json.WriteString("eventVersion", Version(e.What));
            json.WriteString("eventSource", "aws:s3");
            json.WriteString("awsRegion", lake.Region);
            json.WriteString(
                "eventTime", e.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("eventName", ObjectEventNames.Of(e.What));
            WriteObject(json, e, lake);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }

    private static void WriteObject(Utf8JsonWriter json, WaitingEvent e, LakeIdentity lake)
    {
        json.WriteStartObject("s3");
        json.WriteString("s3SchemaVersion", "1.0");
        json.WriteString("configurationId", e.Rule);
        json.WriteStartObject("bucket");
        json.WriteString("name", e.Key.Bucket);
        json.WriteStartObject("ownerIdentity");
        json.WriteString("principalId", lake.AccountId);
        json.WriteEndObject();
        json.WriteString("arn", "arn:aws:s3:::" + e.Key.Bucket);
        json.WriteEndObject();
        json.WriteStartObject("object");
        json.WriteString("key", EventKey.Encode(e.Key.Key));
        if (e.Size is { } size)
        {
            json.WriteNumber("size", size);
        }

        WriteIfKnown(json, "eTag", e.ETag);
        WriteIfKnown(json, "versionId", e.VersionId);
        json.WriteString("sequencer", e.Id.ToString("X16", CultureInfo.InvariantCulture));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteIfKnown(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    /// <summary>AWS gives the events that came later a later one.</summary>
    private static string Version(ObjectEvent what) => what is ObjectEvent.ExpiredDelete
        or ObjectEvent.ExpiredDeleteMarkerCreated or ObjectEvent.TaggingPut or ObjectEvent.TaggingDelete
        ? "2.3"
        : "2.1";
}
