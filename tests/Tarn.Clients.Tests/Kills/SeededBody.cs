using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Tarn.Clients.Tests.Kills;

/// <summary>Bytes of which no two are alike, so that none can pass for another.</summary>
internal sealed record SeededBody(byte[] Bytes, string Hash)
{
    private static readonly byte[] Block = MakeBlock();
    private static long count;

    public static SeededBody Make(int length)
    {
        var bytes = new byte[Math.Max(length, sizeof(long))];
        for (var at = 0; at < bytes.Length; at += Block.Length)
        {
            Block.AsSpan(0, Math.Min(Block.Length, bytes.Length - at)).CopyTo(bytes.AsSpan(at));
        }

        BinaryPrimitives.WriteInt64BigEndian(bytes, Interlocked.Increment(ref count));
        return new SeededBody(bytes, HashOf(bytes));
    }

    public static string HashOf(params ReadOnlySpan<byte[]> pieces)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var piece in pieces)
        {
            hash.AppendData(piece);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static byte[] MakeBlock()
    {
        var block = new byte[64 << 10];
        new Random(1).NextBytes(block);
        return block;
    }
}
