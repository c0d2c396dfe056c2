using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Snapshots;
using Tarn.DuckDb.NativeTables;

namespace Tarn.ContinuousQueries.State;

/// <summary>A column of the state that does not change. Any thread.</summary>
internal interface IFrozenCells
{
    /// <summary>Types of the columns that it is to SQL.</summary>
    IReadOnlyList<CellType> Types { get; }

    /// <summary>Writes the cells of <paramref name="slots"/> to rows 0, 1, ...</summary>
    void Write(ColumnWriter writer, int column, ReadOnlySpan<int> slots);

    /// <summary>Saves the cells of <paramref name="slots"/> in that order.</summary>
    void Save(SnapshotWriter writer, ReadOnlySpan<int> slots);
}
