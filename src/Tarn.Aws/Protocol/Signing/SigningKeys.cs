using System.Security.Cryptography;
using System.Text;

namespace Tarn.Aws.Protocol.Signing;

/// <summary>HMAC-SHA256 of text.</summary>
internal static class SigningKeys
{
    public static byte[] Sign(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
