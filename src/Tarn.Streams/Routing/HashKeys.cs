using System.Buffers.Binary;
using System.Security.Cryptography;
using Tarn.Streams.Records;

namespace Tarn.Streams.Routing;

/// <summary>From partition key to hash key: the MD5 of its UTF-8, read as a big-endian number.</summary>
internal static class HashKeys
{
    public static UInt128 Of(ReadOnlySpan<byte> partitionKey)
    {
        Span<byte> digest = stackalloc byte[MD5.HashSizeInBytes];
#pragma warning disable CA5351 // Kinesis routes by MD5; nothing is protected by it
        MD5.HashData(partitionKey, digest);
#pragma warning restore CA5351
        return BinaryPrimitives.ReadUInt128BigEndian(digest);
    }

    /// <summary>The hash keys of a call's entries, in one pass so that they can be hashed side by side.</summary>
    public static void Of(IReadOnlyList<StreamEntry> entries, Span<UInt128> keys)
    {
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = entries[i].ExplicitHashKey ?? Of(entries[i].PartitionKey.Span);
        }
    }
}
