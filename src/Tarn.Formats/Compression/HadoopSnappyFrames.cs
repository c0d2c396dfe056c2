namespace Tarn.Formats.Compression;

/// <summary>The block format of Hadoop's codecs around snappy.</summary>
/// <remarks>
/// Layout, per block: its decompressed length 4, then pieces until that many bytes are unpacked: packed length 4 and
/// the raw snappy bytes. Numbers are big-endian. One piece per block is written.
/// </remarks>
internal sealed class HadoopSnappyFrames : ISnappyFrames, ISnappyFrameWriter
{
    /// <summary>Hadoop's own buffer of 256 KiB, less what it keeps free for data that does not shrink.</summary>
    public int BlockBytes => (256 << 10) - ((256 << 10) / 6) - 32;

    public void Begin(Stream destination)
    {
    }

    public void Write(Stream destination, int size, ReadOnlySpan<byte> packed)
    {
        SnappyBlock.WriteLength(destination, size);
        SnappyBlock.WriteLength(destination, packed.Length);
        destination.Write(packed);
    }

    public int Read(PeekStream source, ref byte[] block)
    {
        if (!source.HasMore())
        {
            return -1;
        }

        var length = SnappyBlock.ReadLength(source);
        var filled = 0;
        while (filled < length)
        {
            filled += SnappyBlock.Read(source, SnappyBlock.ReadLength(source), ref block, filled);
        }

        return filled == length
            ? length
            : throw new InvalidDataException("a block holds more than its length says");
    }
}
