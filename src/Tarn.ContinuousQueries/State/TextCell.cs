using System.Text.Json;
using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Snapshots;
using Tarn.DuckDb.NativeTables;

namespace Tarn.ContinuousQueries.State;

/// <summary>UTF-8 text in an array of its own, never changed once made. Compared byte by byte.</summary>
internal readonly struct TextCell : IValueCell<byte[]>
{
    public static byte[] Read(BatchColumn column, int row) => column.Text(row).ToArray();

    public static int Compare(byte[] a, byte[] b) => a.AsSpan().SequenceCompareTo(b);

    public static void Write(ColumnWriter writer, int column, int row, byte[] value, CellType type) =>
        writer.SetUtf8(column, row, value);

    public static void Save(SnapshotWriter writer, byte[] value) => writer.WriteBytes(value);

    public static byte[] Load(SnapshotReader reader) => reader.ReadBytes();

    public static ReadOnlySpan<byte> Bytes(BatchColumn column, int row, Span<byte> eight) => column.Text(row);

    public static byte[] Decode(ReadOnlySpan<byte> bytes) => bytes.ToArray();

    public static (Int128 Whole, double Real) Amount(byte[] value) =>
        throw new InvalidOperationException("text has no sum");

    public static void WriteText(Utf8JsonWriter json, byte[] value, CellType type) => json.WriteStringValue(value);

    public static void WriteBetween(
        ColumnWriter writer, int column, int row, (byte[] Low, double Share, byte[] High) place, CellType type) =>
        throw new InvalidOperationException("nothing lies between texts");
}
