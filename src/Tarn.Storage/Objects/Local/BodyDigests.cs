using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;

namespace Tarn.Storage.Objects.Local;

/// <summary>
/// Length, MD5 and (when asked for) SHA-256 of a body as it streams by, checked against what the sender announced.
/// </summary>
internal sealed class BodyDigests : IDisposable
{
    private const int Md5Bytes = 16;

    private readonly ObjectKey _key;
    private readonly ObjectAttributes _attributes;
    private readonly byte[]? _expectedMd5;
#pragma warning disable CA5351 // S3 defines the ETag as MD5
    private readonly IncrementalHash _md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
#pragma warning restore CA5351
    private readonly IncrementalHash? _sha256;

    /// <summary>Fails with Invalid when a digest in the attributes is none.</summary>
    public BodyDigests(ObjectKey key, ObjectAttributes attributes)
    {
        _key = key;
        _attributes = attributes;
        _expectedMd5 = attributes.ContentMd5 is null ? null : ParseMd5(attributes.ContentMd5);
        _sha256 = attributes.ContentSha256 is null ? null : IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    }

    /// <summary>Bytes announced so far.</summary>
    public long Length { get; private set; }

    /// <summary>
    /// Counts bytes that are to be appended; fails with Invalid as soon as there are more than announced.
    /// </summary>
    public void Announce(int count)
    {
        Length += count;
        if (Length > _attributes.ContentLength)
            throw ObjectErrors.IncompleteBody(_key, _attributes.ContentLength.Value, "more");
    }

    /// <summary>Hashes the next bytes; on any thread, one call at a time.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        _md5.AppendData(bytes);
        _sha256?.AppendData(bytes);
    }

    public void CheckLength()
    {
        if (_attributes.ContentLength is { } announced && announced != Length)
            throw ObjectErrors.IncompleteBody(_key, announced, Length.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>
    /// The MD5 in lower-case hex, once everything agrees with what was announced; fails with Invalid otherwise.
    /// </summary>
    public string Finish()
    {
        CheckLength();
        var md5 = _md5.GetHashAndReset();
        if (_expectedMd5 is not null && !md5.AsSpan().SequenceEqual(_expectedMd5))
            throw ObjectErrors.BadDigest(_key, _attributes.ContentMd5!, Convert.ToBase64String(md5));
        if (_sha256 is not null)
        {
            var sha256 = Convert.ToHexStringLower(_sha256.GetHashAndReset());
            if (!string.Equals(sha256, _attributes.ContentSha256, StringComparison.OrdinalIgnoreCase))
                throw ObjectErrors.ShaMismatch(_key, _attributes.ContentSha256!, sha256);
        }

        return Convert.ToHexStringLower(md5);
    }

    public void Dispose()
    {
        _md5.Dispose();
        _sha256?.Dispose();
    }

    private static byte[] ParseMd5(string text)
    {
        var bytes = new byte[Md5Bytes];
        return Base64.IsValid(text) && Convert.TryFromBase64String(text, bytes, out var length) && length == Md5Bytes
            ? bytes
            : throw ObjectErrors.InvalidDigest($"Content-MD5 '{text}' is not the base64 form of 16 bytes");
    }
}
