using Tarn.ContinuousQueries.Snapshots;

namespace Tarn.ContinuousQueries.State;

/// <summary>A column of the state, one cell per group.</summary>
internal interface ICells
{
    /// <summary>Makes room for that many groups; new cells are NULL.</summary>
    void Grow(int count);

    /// <summary>The column as it is now; later changes go to copies of the chunks they touch.</summary>
    IFrozenCells Freeze();

    /// <summary>Makes the cell NULL and forgets its value.</summary>
    void Clear(int slot);

    void Load(SnapshotReader reader, int count);
}
