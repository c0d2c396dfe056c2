using System.Text.Json;
using Tarn.ContinuousQueries.Batches;
using Tarn.DuckDb.NativeTables;

namespace Tarn.ContinuousQueries.State;

/// <summary>How values that are kept one by one are told apart, read back and put into words.</summary>
internal interface IValueCell<T> : ICell<T>
{
    /// <summary>The value's bytes: eight little endian, or UTF-8. Equal values have equal bytes. The layout is stored
    /// in snapshots, and sketches hash it.</summary>
    /// <param name="eight">Where a number's bytes go.</param>
    static abstract ReadOnlySpan<byte> Bytes(BatchColumn column, int row, Span<byte> eight);

    static abstract T Decode(ReadOnlySpan<byte> bytes);

    /// <summary>What the value adds to a sum.</summary>
    static abstract (Int128 Whole, double Real) Amount(T value);

    /// <summary>A JSON string that DuckDB casts to the type; of times microseconds, of dates days.</summary>
    static abstract void WriteText(Utf8JsonWriter json, T value, CellType type);

    /// <summary>Writes what lies between two values, as quantile_cont has it.</summary>
    /// <param name="share">How much of the way from low to high.</param>
    static abstract void WriteBetween(
        ColumnWriter writer, int column, int row, (T Low, double Share, T High) place, CellType type);
}
