using System.Security.Cryptography;
using System.Text;
using Tarn.Storage.Access;

namespace Tarn.Aws.Protocol.Signing;

/// <summary>
/// A signature whose form, key, time and scope have been accepted and whose value is still to be checked, which needs
/// the payload hash. Nothing may be done for the caller before <see cref="Verify"/> has returned.
/// </summary>
internal sealed class OpenSignature(
    SignableRequest request, AuthorizationHeader authorization, AccessKey key, byte[] signingKey, string timestamp)
{
    public AccessKey Key { get; } = key;

    public CredentialScope Scope => authorization.Scope;

    /// <summary>The request's signature: the seed of its chunks' signatures.</summary>
    public string Value => authorization.Signature;

    public string Timestamp { get; } = timestamp;

    public byte[] SigningKey { get; } = signingKey;

    /// <summary>
    /// Throws Mismatch unless the signature is the one that the key gives for this request and payload.
    /// </summary>
    public void Verify(string payloadHash)
    {
        var isS3 = Scope.Service == AwsService.S3.Name;
        var canonical = CanonicalRequest.Build(request, authorization.SignedHeaders, payloadHash, isS3);
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
        var text = $"{AuthorizationHeader.Algorithm}\n{Timestamp}\n{Scope}\n{digest}";
        Check(SigningKey, text, Value, "the request signature does not match: check the secret access key");
    }

    /// <summary>Compares in constant time the hex HMAC of <paramref name="text"/> with what was sent.</summary>
    public static void Check(byte[] signingKey, string text, string sent, string message)
    {
        var computed = Convert.ToHexStringLower(SigningKeys.Sign(signingKey, text));
        var equal = CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(computed), Encoding.UTF8.GetBytes(sent));
        if (!equal)
        {
            throw new SignatureException(SignatureFault.Mismatch, message);
        }
    }
}
