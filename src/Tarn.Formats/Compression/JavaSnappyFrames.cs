using System.Buffers.Binary;

namespace Tarn.Formats.Compression;

/// <summary>The stream format of snappy-java, whose own name for it is that of its class, SnappyOutputStream.</summary>
/// <remarks>
/// Layout: <c>82 "SNAPPY" 00</c>, version 4, lowest version that can read it 4; then per block its packed length 4
/// and the raw snappy bytes. Numbers are big-endian. The header may come again where streams were put together.
/// </remarks>
internal sealed class JavaSnappyFrames : ISnappyFrames, ISnappyFrameWriter
{
    public const byte FirstByte = 0x82;

    private const int Version = 1;

    private static readonly byte[] Magic = [FirstByte, .. "SNAPPY\0"u8];

    public int BlockBytes => 32 << 10;

    public void Begin(Stream destination)
    {
        destination.Write(Magic);
        SnappyBlock.WriteLength(destination, Version);
        SnappyBlock.WriteLength(destination, Version);
    }

    public void Write(Stream destination, int size, ReadOnlySpan<byte> packed)
    {
        SnappyBlock.WriteLength(destination, packed.Length);
        destination.Write(packed);
    }

    public int Read(PeekStream source, ref byte[] block)
    {
        switch (source.PeekByte())
        {
            case -1:
                return -1;
            case FirstByte:
                Span<byte> header = stackalloc byte[16];
                source.ReadExactly(header);
                if (!header.StartsWith(Magic) || BinaryPrimitives.ReadInt32BigEndian(header[12..]) > Version)
                {
                    throw new InvalidDataException("the header is not that of snappy-java");
                }

                return 0;
            default:
                return SnappyBlock.Read(source, SnappyBlock.ReadLength(source), ref block, offset: 0);
        }
    }
}
