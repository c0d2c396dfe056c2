using System.Security.Cryptography;
using System.Xml;
using Tarn.Primitives.Errors;
using Tarn.Storage.Objects.Remote.Uploads;

namespace Tarn.Storage.Objects.Remote;

/// <summary>
/// From Tarn's names to those in the S3 service and back:
/// <code>
/// PREFIX/BUCKET/KEY                      an object, under its own key
/// PREFIX/.tarn/buckets/BUCKET            the bucket itself: a <see cref="BucketRecord"/>
/// PREFIX/.tarn/uploads/BUCKET/ID         an upload under way: an <see cref="UploadRecord"/>
/// PREFIX/.tarn/checksums/BUCKET/ID/MARK  the checksum of one of its parts: a <see cref="PartMark"/>
/// PREFIX/.tarn/parts/BUCKET/HEX/ID       of an object that came in parts: a <see cref="PartsRecord"/>
/// </code>
/// </summary>
internal sealed class RemoteNames(string prefix)
{
    private readonly string _root = prefix.Length == 0 ? "" : prefix + "/";

    /// <summary>No bucket's name begins with a dot.</summary>
    public string MarkFolder => _root + ".tarn/buckets/";

    /// <summary>An object without meaning, for <see cref="RemoteAbilities"/>.</summary>
    public string Probe => _root + ".tarn/probe";

    public string UploadFolder => _root + ".tarn/uploads/";

    public string Mark(string bucket) => MarkFolder + bucket;

    public string Upload(string bucket, string id) => $"{UploadFolder}{bucket}/{id}";

    public string PartMarks(string bucket, string id) => $"{_root}.tarn/checksums/{bucket}/{id}/";

    /// <summary>Of all objects of a bucket.</summary>
    public string Parts(string bucket) => $"{_root}.tarn/parts/{bucket}/";

    /// <summary>By the SHA-256 of the key, which may be longer than there is room.</summary>
    public string Parts(ObjectKey key) =>
        $"{Parts(key.Bucket)}{Convert.ToHexStringLower(SHA256.HashData(ObjectKeyRules.StrictUtf8.GetBytes(key.Key)))}/";

    public string Folder(string bucket) => $"{_root}{bucket}/";

    /// <summary>
    /// The object's name in the service. Fails with Invalid as every store does, and when the service could not keep
    /// the key: S3 counts its 1,024 bytes with the prefix, resolves the segments "." and "..", and lists keys in XML,
    /// which has no control characters.
    /// </summary>
    public string Of(ObjectKey key)
    {
        var bytes = ObjectKeyRules.Check(key).Length;
        var folder = Folder(key.Bucket);
        var room = ObjectKeyRules.KeyBytesMax - ObjectKeyRules.StrictUtf8.GetByteCount(folder);
        if (bytes > room)
        {
            throw new TarnException(
                ErrorKind.Invalid, "key is too long",
                $"it has {bytes} bytes of UTF-8, the most is {room} below '{folder}' of the storage behind")
            {
                Code = "KeyTooLongError",
            };
        }

        if (key.Key.Split('/').Any(segment => segment is "." or ".."))
            throw ObjectErrors.InvalidKey("key has a segment '.' or '..', which S3 services resolve as folders");
        return key.Key.All(IsListed)
            ? folder + key.Key
            : throw ObjectErrors.InvalidKey("key has a control character, which S3 services cannot list");
    }

    public ObjectKey Back(string bucket, string name) => new(bucket, name[Folder(bucket).Length..]);

    private static bool IsListed(char letter) =>
        letter >= ' ' && (XmlConvert.IsXmlChar(letter) || char.IsSurrogate(letter));
}
