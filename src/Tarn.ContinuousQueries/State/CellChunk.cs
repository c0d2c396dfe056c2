namespace Tarn.ContinuousQueries.State;

/// <summary>A run of cells, the unit of copy on write.</summary>
/// <param name="Epoch">The freeze it was made after; an older chunk is shared with a frozen column.</param>
internal sealed class CellChunk<T>(T[] values, bool[] valid, int epoch)
{
    /// <summary>Cells of a chunk.</summary>
    public const int Size = 1 << SizeBits;

    public const int SizeBits = 10;

    public CellChunk(int epoch)
        : this(new T[Size], new bool[Size], epoch)
    {
    }

    public T[] Values { get; } = values;

    /// <summary>False: the cell is NULL.</summary>
    public bool[] Valid { get; } = valid;

    public int Epoch { get; } = epoch;

    public CellChunk<T> Copy(int epoch) => new([.. Values], [.. Valid], epoch);
}
