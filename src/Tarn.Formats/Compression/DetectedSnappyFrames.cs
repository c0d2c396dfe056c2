namespace Tarn.Formats.Compression;

/// <summary>
/// Tells the framings apart by their first byte: objects that end in <c>.snappy</c> come in all three. No block is so
/// long that Hadoop's could begin like one of the others.
/// </summary>
internal sealed class DetectedSnappyFrames : ISnappyFrames
{
    private ISnappyFrames? _found;

    public int Read(PeekStream source, ref byte[] block)
    {
        _found ??= source.PeekByte() switch
        {
            JavaSnappyFrames.FirstByte => new JavaSnappyFrames(),
            FramedSnappyFrames.FirstByte => new FramedSnappyFrames(),
            _ => new HadoopSnappyFrames(),
        };
        return _found.Read(source, ref block);
    }
}
