using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Snapshots;
using Tarn.DuckDb.NativeTables;

namespace Tarn.ContinuousQueries.State;

/// <summary>Sums of whole numbers in 128 bits. A batch brings them in one column, or as high (times 2^32) and low
/// part.</summary>
internal readonly struct WideCell : ICell<Int128>
{
    /// <summary>Low bits of what SQL reads as (high, low).</summary>
    private const int LowBits = 62;

    public static Int128 Read(BatchColumn column, int row) => column.Long(row);

    public static int Compare(Int128 a, Int128 b) => a.CompareTo(b);

    /// <summary>Writes two columns: high part (times 2^62) and low part.</summary>
    public static void Write(ColumnWriter writer, int column, int row, Int128 value, CellType type)
    {
        writer.SetInt64(column, row, checked((long)(value >> LowBits)));
        writer.SetInt64(column + 1, row, (long)(value & ((Int128.One << LowBits) - 1)));
    }

    public static void Save(SnapshotWriter writer, Int128 value)
    {
        writer.WriteInt64((long)(value >> 64));
        writer.WriteInt64(unchecked((long)(ulong)(value & ulong.MaxValue)));
    }

    public static Int128 Load(SnapshotReader reader)
    {
        var high = reader.ReadInt64();
        return ((Int128)high << 64) | unchecked((ulong)reader.ReadInt64());
    }
}
