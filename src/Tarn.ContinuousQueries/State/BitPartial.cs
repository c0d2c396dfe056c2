using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Planning;

namespace Tarn.ContinuousQueries.State;

/// <summary>bit_and, bit_or and bit_xor of whole numbers. NULLs do not count; a group of NULLs gives NULL.</summary>
internal sealed class BitPartial(CellType type, PartialKind kind) : Partial
{
    private readonly Cells<long, LongCell> _bits = new([type]);

    public override IReadOnlyList<ICells> Cells => [_bits];

    public override void Merge(ColumnBatch batch, int column, ReadOnlySpan<int> slots)
    {
        var bits = batch.Columns[column];
        for (var row = 0; row < slots.Length; row++)
        {
            if (!bits.IsNull(row))
            {
                Add(slots[row], bits.Long(row));
            }
        }
    }

    public override void Join(int into, int from)
    {
        if (_bits.IsValid(from))
        {
            Add(into, _bits.Get(from));
        }
    }

    private void Add(int slot, long bits)
    {
        var held = _bits.Get(slot);
        _bits.Set(slot, !_bits.IsValid(slot) ? bits : kind switch
        {
            PartialKind.BitAnd => held & bits,
            PartialKind.BitOr => held | bits,
            _ => held ^ bits,
        });
    }
}
