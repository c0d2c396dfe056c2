using Tarn.DuckDb.JsonBlocks;
using Tarn.DuckDb.JsonRecords;

namespace Tarn.DuckDb.Tests.JsonBlocks;

/// <summary>ISO 8601 only.</summary>
internal sealed class IsoTimes : IJsonTimes
{
    public bool TryReadTimestamp(ReadOnlySpan<byte> text, bool isText, out long micros)
    {
        micros = 0;
        return isText && TimeText.TryParseTimestamp(text, out micros);
    }

    public bool TryReadDate(ReadOnlySpan<byte> text, bool isText, out int days)
    {
        days = 0;
        return isText && TimeText.TryParseDate(text, out days);
    }
}
