namespace Tarn.Formats.Compression;

/// <summary>Writes one way of wrapping raw snappy blocks.</summary>
internal interface ISnappyFrameWriter
{
    /// <summary>Decompressed bytes of a block.</summary>
    int BlockBytes { get; }

    /// <summary>Called once, before the first block.</summary>
    void Begin(Stream destination);

    /// <summary>Writes a block of <paramref name="size"/> bytes that are packed as <paramref name="packed"/>.</summary>
    void Write(Stream destination, int size, ReadOnlySpan<byte> packed);
}
