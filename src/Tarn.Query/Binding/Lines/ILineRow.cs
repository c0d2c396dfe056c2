using Tarn.DuckDb.NativeTables;

namespace Tarn.Query.Binding.Lines;

/// <summary>Turns a line into a row, by a SerDe's rules. One thread's.</summary>
internal interface ILineRow : IDisposable
{
    /// <summary>Whether the line is no row at all.</summary>
    bool IsBlank(ReadOnlySpan<byte> line);

    /// <summary>
    /// Null when the line became the row, else why it is bad. Cells that are not written are NULL.
    /// </summary>
    string? Read(ReadOnlySpan<byte> line, ColumnWriter writer, int row);
}
