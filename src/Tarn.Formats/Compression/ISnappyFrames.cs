namespace Tarn.Formats.Compression;

/// <summary>Reads one way of wrapping raw snappy blocks.</summary>
internal interface ISnappyFrames
{
    /// <summary>
    /// Puts the next block's decompressed bytes into <paramref name="block"/>, which it replaces by a longer one where
    /// needed, and returns their count; -1 at the end of the source. A block may be empty.
    /// </summary>
    int Read(PeekStream source, ref byte[] block);
}
