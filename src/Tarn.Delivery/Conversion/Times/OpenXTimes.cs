using Tarn.DuckDb.JsonBlocks;
using Tarn.DuckDb.JsonRecords;

namespace Tarn.Delivery.Conversion.Times;

/// <summary>
/// As Firehose's OpenX deserializer: ISO 8601, <c>yyyy-[M]M-[d]d HH:mm:ss[.S]</c>, seconds since 1970 with or without a
/// fraction, milliseconds since 1970, numbers between quotes or not. A date may be followed by a time of day.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/firehose/latest/dev/record-format-conversion.html</remarks>
internal sealed class OpenXTimes : IJsonTimes
{
    public bool TryReadTimestamp(ReadOnlySpan<byte> text, bool isText, out long micros) =>
        (isText && (TimeText.TryParseTimestamp(text, out micros) || ClockText.TryParseTimestamp(text, out micros)))
        || EpochText.TryParse(text, out micros);

    public bool TryReadDate(ReadOnlySpan<byte> text, bool isText, out int days)
    {
        days = 0;
        if (!isText)
        {
            return false;
        }

        var end = text.IndexOf((byte)' ');
        var date = end < 0 ? text : text[..end];
        return TimeText.TryParseDate(date, out days) || ClockText.TryParseDate(date, out days);
    }
}
