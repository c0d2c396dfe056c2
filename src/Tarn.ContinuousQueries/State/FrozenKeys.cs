namespace Tarn.ContinuousQueries.State;

/// <summary>The first keys of a table. Any thread.</summary>
internal sealed class FrozenKeys(byte[][] blocks, long[] places, int count)
{
    public int Count { get; } = count;

    public ReadOnlySpan<byte> this[int slot] => KeyTable.Read(blocks, places[slot]);
}
