using System.Security.Cryptography;
using System.Text;

namespace Tarn.Delivery.Batches;

/// <summary>Ids of requests that follow from what they hold, so that a repeat after a crash has the same.</summary>
internal static class RequestIds
{
    /// <summary>A UUID of version 8: the beginning of the SHA-256 of the names and the range.</summary>
    public static string Of(string delivery, string shardId, ulong first, ulong last)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{delivery}/{shardId}/{first}/{last}"), hash);
        hash[6] = (byte)(0x80 | (hash[6] & 0x0F));
        hash[8] = (byte)(0x80 | (hash[8] & 0x3F));
        return new Guid(hash[..16], bigEndian: true).ToString();
    }
}
