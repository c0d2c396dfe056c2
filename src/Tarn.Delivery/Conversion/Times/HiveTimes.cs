using Tarn.DuckDb.JsonBlocks;
using Tarn.Primitives.Errors;

namespace Tarn.Delivery.Conversion.Times;

/// <summary>
/// As Firehose's Hive deserializer: the declared patterns in their order, then as <c>java.sql.Timestamp.valueOf</c> and
/// <c>java.sql.Date.valueOf</c>. Times without a zone are in UTC.
/// </summary>
internal sealed class HiveTimes : IJsonTimes
{
    private const string Millis = "millis";

    private readonly JodaPattern?[] _patterns;

    /// <summary>Throws Invalid or Unsupported, naming the pattern and the position.</summary>
    public HiveTimes(IReadOnlyList<string> formats) =>
        _patterns = [.. formats.Select(format => format == Millis ? null : JodaPattern.Parse(format))];

    public bool TryReadTimestamp(ReadOnlySpan<byte> text, bool isText, out long micros)
    {
        foreach (var pattern in _patterns)
        {
            if (pattern is null ? EpochText.TryParseMillis(text, out micros) : pattern.TryRead(text, out micros))
            {
                return true;
            }
        }

        return ClockText.TryParseTimestamp(text, out micros);
    }

    public bool TryReadDate(ReadOnlySpan<byte> text, bool isText, out int days)
    {
        foreach (var pattern in _patterns)
        {
            if (pattern is null
                ? EpochText.TryParseMillis(text, out var micros)
                : pattern.TryRead(text, out micros))
            {
                days = (int)Math.Floor((double)micros / TimeSpan.MicrosecondsPerDay);
                return true;
            }
        }

        return ClockText.TryParseDate(text, out days);
    }
}
