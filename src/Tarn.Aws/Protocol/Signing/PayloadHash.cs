using System.Security.Cryptography;

namespace Tarn.Aws.Protocol.Signing;

/// <summary>
/// What stands for the body in a canonical request: its SHA-256, or a word that says how the body is protected.
/// </summary>
internal static class PayloadHash
{
    public const string Header = "x-amz-content-sha256";

    /// <summary>The body is not covered by the signature.</summary>
    public const string Unsigned = "UNSIGNED-PAYLOAD";

    /// <summary>aws-chunked, each chunk signed.</summary>
    public const string StreamingSigned = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";

    /// <summary>aws-chunked, each chunk and the trailer signed.</summary>
    public const string StreamingSignedTrailer = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER";

    /// <summary>aws-chunked, unsigned, with a checksum in the trailer.</summary>
    public const string StreamingUnsignedTrailer = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";

    /// <summary>SHA-256 of nothing.</summary>
    public const string Empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    public static string Of(ReadOnlySpan<byte> body) =>
        body.IsEmpty ? Empty : Convert.ToHexStringLower(SHA256.HashData(body));

    public static bool IsHash(string text) =>
        text.Length == 64 && text.All(char.IsAsciiHexDigitLower);
}
