using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Tarn.Storage.Access;

namespace Tarn.Aws.Protocol.Signing;

/// <summary>
/// A signature whose form, key, time and scope have been accepted and whose value is still to be checked, which needs
/// the payload hash. Nothing may be done for the caller before <see cref="Verify"/> or <see cref="VerifyBody"/> has
/// returned.
/// </summary>
internal sealed class OpenSignature(
    SignableRequest request, ReadOnlyMemory<char> value, SignedHeaders signedHeaders, Credential credential,
    AccessKey key, string timestamp)
{
    private const int HexLength = 2 * SHA256.HashSizeInBytes;

    /// <summary>A longer canonical request is not told: nobody may have large answers without a signature.</summary>
    private const int ToldBytesMax = 8 * 1024;

    /// <summary>Scratch for one call of <see cref="Verify"/>, which never waits.</summary>
    [ThreadStatic]
    private static PooledBuffer? _text;

    public AccessKey Key { get; } = key;

    public CredentialScope Scope => credential.Scope;

    /// <summary>The request's signature: the seed of its chunks' signatures.</summary>
    public string Value => value.ToString();

    public string Timestamp { get; } = timestamp;

    public byte[] SigningKey => credential.SigningKey(Key);

    /// <summary>
    /// Throws Mismatch unless the signature is the one that the key gives for this request and payload.
    /// </summary>
    public void Verify(ReadOnlySpan<char> payloadHash)
    {
        var text = _text ??= new PooledBuffer(1024);
        text.Clear();
        var isS3 = Scope.Service == AwsService.S3.Name;
        CanonicalRequest.Write(text, request, signedHeaders, payloadHash, isS3);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text.Written.Span, digest);

        var start = text.Written.Length;
        text.Append("AWS4-HMAC-SHA256\n"u8);
        text.AppendText(Timestamp);
        text.Append("\n"u8);
        text.Append(credential.ScopeText.Span);
        text.Append("\n"u8);
        Convert.TryToHexStringLower(digest, text.GetSpan(HexLength), out var length);
        text.Advance(length);
        if (!IsSignature(SigningKey, text.Written.Span[start..], value.Span))
        {
            throw Mismatch(text.Written.Span[..start], text.Written.Span[start..]);
        }
    }

    /// <summary>
    /// As <see cref="Verify"/>, for a request whose body is here: the signature must cover it, and so must
    /// x-amz-content-sha256 where it is sent.
    /// </summary>
    public void VerifyBody(ReadOnlySpan<byte> body)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, digest);
        Span<char> hash = stackalloc char[HexLength];
        Convert.TryToHexStringLower(digest, hash, out _);
        Verify(hash);
        var stated = request.Headers[PayloadHash.Header].ToString();
        if (stated.Length > 0 && !hash.SequenceEqual(stated))
        {
            throw new SignatureException(
                SignatureFault.Payload, $"{PayloadHash.Header} is not the SHA-256 of the body");
        }
    }

    /// <summary>Throws Mismatch unless <paramref name="sent"/> is the hex HMAC of <paramref name="text"/>.</summary>
    public static void Check(byte[] signingKey, ReadOnlySpan<byte> text, ReadOnlySpan<char> sent, string message)
    {
        if (!IsSignature(signingKey, text, sent))
        {
            throw new SignatureException(SignatureFault.Mismatch, message);
        }
    }

    /// <summary>Compares in constant time.</summary>
    private static bool IsSignature(byte[] signingKey, ReadOnlySpan<byte> text, ReadOnlySpan<char> sent)
    {
        Span<byte> mac = stackalloc byte[SHA256.HashSizeInBytes];
        HMACSHA256.HashData(signingKey, text, mac);
        Span<byte> computed = stackalloc byte[HexLength];
        Convert.TryToHexStringLower(mac, computed, out _);
        Span<byte> given = stackalloc byte[HexLength];
        var isGiven = Encoding.UTF8.TryGetBytes(sent, given, out var length) && length == HexLength;
        return isGiven && CryptographicOperations.FixedTimeEquals(computed, given);
    }

    /// <summary>Tells what was signed here, so that the sender can compare it with what was signed there.</summary>
    private SignatureException Mismatch(ReadOnlySpan<byte> canonicalRequest, ReadOnlySpan<byte> signed)
    {
        var elements = new List<ErrorElement>
        {
            new("AWSAccessKeyId", Key.AccessKeyId),
            new("StringToSign", Encoding.UTF8.GetString(signed)),
            new("SignatureProvided", value.ToString()),
            new("StringToSignBytes", Spaced(signed)),
        };
        if (canonicalRequest.Length <= ToldBytesMax)
        {
            elements.Add(new("CanonicalRequest", Encoding.UTF8.GetString(canonicalRequest)));
            elements.Add(new("CanonicalRequestBytes", Spaced(canonicalRequest)));
        }

        return new SignatureException(
            SignatureFault.Mismatch, "the request signature does not match: check the secret access key")
        {
            Elements = elements,
        };
    }

    private static string Spaced(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(3 * bytes.Length);
        foreach (var value in bytes)
        {
            text.Append(text.Length > 0 ? " " : "").Append(value.ToString("x2", CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }
}
