namespace Tarn.Benchmarks.Objects;

/// <summary>The bytes of every object: one random block, again and again.</summary>
internal static class ObjectBody
{
    private const int Seed = 20261123;

    private static readonly byte[] Block = MakeBlock();

    /// <summary>The next piece of an object of which <paramref name="sent"/> bytes are sent.</summary>
    public static ReadOnlyMemory<byte> Piece(long sent, long length)
    {
        var at = (int)(sent % Block.Length);
        return Block.AsMemory(at, (int)Math.Min(Block.Length - at, length - sent));
    }

    private static byte[] MakeBlock()
    {
        var block = new byte[ObjectShape.MiB];
        new Random(Seed).NextBytes(block);
        return block;
    }
}
