using Tarn.DuckDb.NativeTables;

namespace Tarn.ContinuousQueries.Formats;

/// <summary>Reads payloads of one format into rows; used by one scan.</summary>
internal interface IPayloadReader
{
    /// <summary>Null when the payload became the row, else why not: the caller then takes back what was written.
    /// </summary>
    string? TryRead(ReadOnlySpan<byte> payload, ColumnWriter writer, int row);
}
