using System.Buffers.Binary;
using System.Runtime.Intrinsics;
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

    /// <summary>The hash keys of a call's entries: short partition keys are hashed eight at a time.</summary>
    public static void Of(ReadOnlySpan<StreamEntry> entries, Span<UInt128> hashKeys)
    {
        var lanes = new Md5Lanes();
        Span<int> waiting = stackalloc int[Md5Lanes.Count];
        var waitingCount = 0;
        for (var i = 0; i < hashKeys.Length; i++)
        {
            ref readonly var entry = ref entries[i];
            var key = entry.PartitionKey.Span;
            if (entry.ExplicitHashKey is { } given)
            {
                hashKeys[i] = given;
            }
            else if (key.Length > Md5Lanes.TextLengthMax || !Vector256.IsHardwareAccelerated)
            {
                hashKeys[i] = Of(key);
            }
            else
            {
                lanes.Set(waitingCount, key);
                waiting[waitingCount++] = i;
            }

            if (waitingCount == Md5Lanes.Count)
            {
                Hash(ref lanes, waiting, hashKeys);
                waitingCount = 0;
            }
        }

        Hash(ref lanes, waiting[..waitingCount], hashKeys);
    }

    private static void Hash(ref Md5Lanes lanes, ReadOnlySpan<int> waiting, Span<UInt128> hashKeys)
    {
        if (waiting.IsEmpty)
        {
            return;
        }

        Span<UInt128> digests = stackalloc UInt128[Md5Lanes.Count];
        lanes.Hash(digests[..waiting.Length]);
        for (var i = 0; i < waiting.Length; i++)
        {
            hashKeys[waiting[i]] = digests[i];
        }
    }
}
