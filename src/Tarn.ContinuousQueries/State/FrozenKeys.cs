namespace Tarn.ContinuousQueries.State;

/// <summary>The keys of a table as they were when frozen. Any thread.</summary>
/// <param name="slotCount">Slots below which all keys lie.</param>
/// <param name="count">Keys.</param>
internal sealed class FrozenKeys(
    byte[][] blocks, FrozenCells<long, LongCell> places, int slotCount, int count)
{
    public int SlotCount { get; } = slotCount;

    public int Count { get; } = count;

    /// <summary>A key of a slot that is used.</summary>
    public ReadOnlySpan<byte> this[int slot] =>
        places.TryGet(slot, out var place) ? KeyTable.Read(blocks, place) : throw new InvalidOperationException(
            $"slot {slot} is free");

    public bool IsUsed(int slot) => places.TryGet(slot, out _);
}
