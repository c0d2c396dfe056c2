using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Snapshots;
using Tarn.DuckDb.NativeTables;

namespace Tarn.ContinuousQueries.State;

/// <summary>A sketch; SQL reads its estimate.</summary>
internal readonly struct SketchCell : ICell<DistinctSketch>
{
    public static DistinctSketch Read(BatchColumn column, int row) =>
        throw new InvalidOperationException("a batch brings values and no sketches");

    public static int Compare(DistinctSketch a, DistinctSketch b) =>
        throw new InvalidOperationException("sketches have no order");

    public static void Write(ColumnWriter writer, int column, int row, DistinctSketch value, CellType type) =>
        writer.SetInt64(column, row, value.Estimate());

    public static void Save(SnapshotWriter writer, DistinctSketch value) => value.Save(writer);

    public static DistinctSketch Load(SnapshotReader reader) => DistinctSketch.Load(reader);
}
