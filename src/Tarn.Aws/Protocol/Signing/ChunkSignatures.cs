using System.Security.Cryptography;
using System.Text;

namespace Tarn.Aws.Protocol.Signing;

/// <summary>
/// The chain of signatures in a signed aws-chunked body: each covers its chunk and the signature before it, beginning
/// with the request's own (https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html).
/// </summary>
internal sealed class ChunkSignatures(byte[] signingKey, string timestamp, CredentialScope scope, string seed)
{
    private string _previous = seed;

    public void VerifyChunk(byte[] sha256, string sent)
    {
        var text = $"AWS4-HMAC-SHA256-PAYLOAD\n{timestamp}\n{scope}\n{_previous}\n{PayloadHash.Empty}\n"
            + Convert.ToHexStringLower(sha256);
        OpenSignature.Check(
            signingKey, Encoding.UTF8.GetBytes(text), sent, "the signature of a chunk does not match");
        _previous = sent;
    }

    /// <param name="trailer">The trailing headers, each <c>name:value\n</c>.</param>
    public void VerifyTrailer(string trailer, string sent)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(trailer)));
        var text = $"AWS4-HMAC-SHA256-TRAILER\n{timestamp}\n{scope}\n{_previous}\n{hash}";
        OpenSignature.Check(
            signingKey, Encoding.UTF8.GetBytes(text), sent, "the signature of the trailer does not match");
    }
}
