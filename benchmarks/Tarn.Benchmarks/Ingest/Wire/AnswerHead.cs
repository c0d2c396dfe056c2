using System.Globalization;
using System.Text;

namespace Tarn.Benchmarks.Ingest.Wire;

/// <summary>Status and body length of an HTTP/1.1 answer.</summary>
/// <param name="Length">Null: the body comes in chunks.</param>
internal readonly record struct AnswerHead(int Status, int? Length)
{
    private const string LengthName = "content-length:";

    public static AnswerHead Read(ReadOnlySpan<byte> head)
    {
        var lines = Encoding.ASCII.GetString(head).Split("\r\n");
        var status = int.Parse(lines[0].AsSpan(9, 3), CultureInfo.InvariantCulture);
        var length = lines.FirstOrDefault(line => line.StartsWith(LengthName, StringComparison.OrdinalIgnoreCase));
        return new AnswerHead(
            status, length is null ? null : int.Parse(length.AsSpan(LengthName.Length), CultureInfo.InvariantCulture));
    }
}
