namespace Tarn.DuckDb.JsonBlocks;

/// <summary>How dates and timestamps are spelt. Called by several threads at once.</summary>
public interface IJsonTimes
{
    /// <summary>Microseconds since 1970-01-01 UTC.</summary>
    /// <param name="isText">Whether it stands between quotes; otherwise it is a JSON number.</param>
    bool TryReadTimestamp(ReadOnlySpan<byte> text, bool isText, out long micros);

    /// <summary>Days since 1970-01-01.</summary>
    bool TryReadDate(ReadOnlySpan<byte> text, bool isText, out int days);
}
