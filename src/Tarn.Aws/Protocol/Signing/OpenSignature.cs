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
        Check(
            SigningKey,
            text.Written.Span[start..],
            value.Span,
            "the request signature does not match: check the secret access key");
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

    /// <summary>Compares in constant time the hex HMAC of <paramref name="text"/> with what was sent.</summary>
    public static void Check(byte[] signingKey, ReadOnlySpan<byte> text, ReadOnlySpan<char> sent, string message)
    {
        Span<byte> mac = stackalloc byte[SHA256.HashSizeInBytes];
        HMACSHA256.HashData(signingKey, text, mac);
        Span<byte> computed = stackalloc byte[HexLength];
        Convert.TryToHexStringLower(mac, computed, out _);
        Span<byte> given = stackalloc byte[HexLength];
        var isGiven = Encoding.UTF8.TryGetBytes(sent, given, out var length) && length == HexLength;
        if (!isGiven || !CryptographicOperations.FixedTimeEquals(computed, given))
        {
            throw new SignatureException(SignatureFault.Mismatch, message);
        }
    }
}
