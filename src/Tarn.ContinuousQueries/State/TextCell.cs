using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Snapshots;
using Tarn.DuckDb.NativeTables;

namespace Tarn.ContinuousQueries.State;

/// <summary>UTF-8 text in an array of its own, never changed once made. Compared byte by byte.</summary>
internal readonly struct TextCell : ICell<byte[]>
{
    public static byte[] Read(BatchColumn column, int row) => column.Text(row).ToArray();

    public static int Compare(byte[] a, byte[] b) => a.AsSpan().SequenceCompareTo(b);

    public static void Write(ColumnWriter writer, int column, int row, byte[] value, CellType type) =>
        writer.SetUtf8(column, row, value);

    public static void Save(SnapshotWriter writer, byte[] value) => writer.WriteBytes(value);

    public static byte[] Load(SnapshotReader reader) => reader.ReadBytes();
}
