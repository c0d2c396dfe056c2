using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Snapshots;
using Tarn.DuckDb.NativeTables;

namespace Tarn.ContinuousQueries.State;

/// <summary>How values of <typeparamref name="T"/> are read from a batch, compared, stored and written. Static, so that
/// loops inline it.</summary>
internal interface ICell<T>
{
    static abstract T Read(BatchColumn column, int row);

    /// <summary>DuckDB's order.</summary>
    static abstract int Compare(T a, T b);

    static abstract void Write(ColumnWriter writer, int column, int row, T value, CellType type);

    static abstract void Save(SnapshotWriter writer, T value);

    static abstract T Load(SnapshotReader reader);
}
