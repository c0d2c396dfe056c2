using Tarn.Formats.Compression;
using Tarn.Primitives.Errors;
using Tarn.Storage.Objects;

namespace Tarn.Query.Binding.Lines;

/// <summary>
/// A stretch of an object: the lines that begin in it. Packed objects are one piece, plain ones are cut so that several
/// threads can read one object.
/// </summary>
/// <param name="Values">Texts of the scan's <see cref="FileConstant"/>s.</param>
internal sealed record LinePiece(
    LocalFile File, IReadOnlyList<string?> Values, CompressionFormat Format, long Start, long End)
{
    private const long PieceBytes = 16L << 20;

    /// <param name="headerLines">More than one keep an object in one piece: only its reader can count them.</param>
    public static IEnumerable<LinePiece> Cut(LocalFile file, IReadOnlyList<string?> values, int headerLines)
    {
        if (CompressionCodec.FindUnread(file.Info.Key.Key) is { } end)
        {
            throw new TarnException(
                ErrorKind.Unsupported,
                $"object '{file.Info.Key}' is compressed as its name's end '{end}' tells, which cannot be read",
                hint: "gz, bz2, zst, zip, snappy and lz4 can") { Code = "HIVE_UNSUPPORTED_FORMAT" };
        }

        var format = CompressionCodec.FromName(file.Info.Key.Key);
        if (format != CompressionFormat.None || headerLines > 1)
        {
            yield return new LinePiece(file, values, format, 0, long.MaxValue);
            yield break;
        }

        for (var start = 0L; start < file.Info.Size; start += PieceBytes)
        {
            yield return new LinePiece(file, values, format, start, Math.Min(start + PieceBytes, file.Info.Size));
        }
    }
}
