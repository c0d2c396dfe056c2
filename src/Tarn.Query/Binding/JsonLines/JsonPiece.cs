using Tarn.Formats.Compression;
using Tarn.Storage.Objects;

namespace Tarn.Query.Binding.JsonLines;

/// <summary>
/// A stretch of an object: the lines that begin in it. Packed objects are one piece, plain ones are cut so that several
/// threads can read one object.
/// </summary>
internal sealed record JsonPiece(
    LocalFile File, IReadOnlyList<string> Values, CompressionFormat Format, long Start, long End)
{
    private const long PieceBytes = 16L << 20;

    public static IEnumerable<JsonPiece> Cut(LocalFile file, IReadOnlyList<string> values)
    {
        var format = CompressionCodec.FromName(file.Info.Key.Key);
        if (format != CompressionFormat.None)
        {
            yield return new JsonPiece(file, values, format, 0, long.MaxValue);
            yield break;
        }

        for (var start = 0L; start < file.Info.Size; start += PieceBytes)
        {
            yield return new JsonPiece(file, values, format, start, Math.Min(start + PieceBytes, file.Info.Size));
        }
    }
}
