using System.Text;

namespace Tarn.Aws.Firehose.Outgoing;

/// <summary>The beginning of what somebody else said, for messages.</summary>
internal static class Excerpt
{
    private const int LengthMax = 1000;

    public static string Of(ReadOnlySpan<byte> body) =>
        Of(Encoding.UTF8.GetString(body[..Math.Min(body.Length, LengthMax * 4)]));

    public static string Of(string text) => text.Length <= LengthMax ? text : text[..LengthMax] + "…";
}
