using System.Globalization;
using System.Text;
using Amazon.S3.Model;
using Tarn.Storage.Objects.Local;

namespace Tarn.Storage.Objects.Remote;

/// <summary>
/// An object's attributes as headers of S3 and back. User metadata keeps its names; a value that a header cannot carry
/// is written as S3 itself does, <c>=?UTF-8?B?...?=</c>. The checksum goes in metadata of Tarn's own,
/// <c>tarn-checksum: CRC32C yZRlqg==</c>, as most services keep none, the upload that an object came of in
/// <c>tarn-upload</c>; a user's <c>tarn-x</c> is <c>tarn-tarn-x</c>.
/// </summary>
internal static class RemoteAttributes
{
    private const string MetaPrefix = "x-amz-meta-";
    private const string Own = "tarn-";
    private const string ChecksumName = "tarn-checksum";
    private const string UploadName = "tarn-upload";
    private const string WordStart = "=?UTF-8?B?";
    private const string WordEnd = "?=";

    /// <summary>Sets what a request that makes an object says about it.</summary>
    public static void Write(
        ObjectAttributes attributes, ObjectChecksum? checksum, HeadersCollection headers, MetadataCollection metadata)
    {
        headers.ContentType = attributes.ContentType;
        foreach (var (name, value) in attributes.Headers)
        {
            headers[HeaderName(name)] = value;
        }

        foreach (var (name, value) in attributes.Metadata)
        {
            metadata[name.StartsWith(Own, StringComparison.Ordinal) ? Own + name : name] = Encode(value);
        }

        if (checksum is not null)
        {
            metadata[ChecksumName] = $"{StoredChecksum.NameOf(checksum.Algorithm)} {checksum.Value}";
        }
    }

    public static List<Tag> Tags(IReadOnlyDictionary<string, string> tags) =>
        [.. tags.Select(tag => new Tag { Key = tag.Key, Value = tag.Value })];

    public static IReadOnlyDictionary<string, string> Tags(List<Tag>? tags) =>
        tags?.ToDictionary(tag => tag.Key, tag => tag.Value) ?? [];

    public static ObjectAttributes Read(HeadersCollection headers, string? expires, MetadataCollection metadata)
    {
        var stored = new Dictionary<string, string>();
        Keep("content-encoding", headers.ContentEncoding);
        Keep("cache-control", headers.CacheControl);
        Keep("content-disposition", headers.ContentDisposition);
        Keep("content-language", headers["Content-Language"]);
        Keep("expires", expires);
        return new ObjectAttributes
        {
            ContentType = headers.ContentType is { Length: > 0 } type ? type : ObjectAttributes.None.ContentType,
            Headers = stored,
            Metadata = metadata.Keys.Select(Stripped).Where(IsUsers).ToDictionary(
                name => name.StartsWith(Own + Own, StringComparison.Ordinal) ? name[Own.Length..] : name,
                name => Decode(metadata[name] ?? "")),
        };

        void Keep(string name, string? value)
        {
            if (value is { Length: > 0 })
            {
                stored[name] = value;
            }
        }
    }

    public static ObjectChecksum? Checksum(MetadataCollection metadata) =>
        metadata[ChecksumName]?.Split(' ') is [var algorithm, var value]
            ? new ObjectChecksum(
                StoredChecksum.Parse(algorithm), value, IsComposite: value.Contains('-', StringComparison.Ordinal))
            : null;

    /// <summary>Names the upload that the object comes of.</summary>
    public static void WriteUpload(string uploadId, MetadataCollection metadata) => metadata[UploadName] = uploadId;

    /// <summary>The id of the upload that the object came of, or null.</summary>
    public static string? Upload(MetadataCollection metadata) => metadata[UploadName];

    private static string HeaderName(string name) =>
        CultureInfo.InvariantCulture.TextInfo.ToTitleCase(name);

    private static bool IsUsers(string name) => name is not (ChecksumName or UploadName);

    private static string Stripped(string name) =>
        name.StartsWith(MetaPrefix, StringComparison.OrdinalIgnoreCase) ? name[MetaPrefix.Length..] : name;

    private static string Encode(string value) =>
        value.Length > 0 && value.Trim().Length == value.Length && value.All(letter => letter is >= ' ' and <= '~')
            && !value.StartsWith("=?", StringComparison.Ordinal)
            ? value
            : WordStart + Convert.ToBase64String(Encoding.UTF8.GetBytes(value)) + WordEnd;

    private static string Decode(string value) =>
        value.StartsWith(WordStart, StringComparison.OrdinalIgnoreCase)
            && value.EndsWith(WordEnd, StringComparison.Ordinal)
            ? Encoding.UTF8.GetString(Convert.FromBase64String(value[WordStart.Length..^WordEnd.Length]))
            : value;
}
