using Tarn.ContinuousQueries.Batches;
using Tarn.ContinuousQueries.Snapshots;

namespace Tarn.ContinuousQueries.State;

/// <summary>A sketch of each group's values; one that a frozen column shares is copied when it next changes.</summary>
internal sealed class GroupSketches : ICells
{
    private readonly Cells<DistinctSketch, SketchCell> _sketches = new([CellType.Int64]);
    private readonly HashSet<int> _own = [];

    /// <summary>Bytes of all sketches.</summary>
    public long Bytes { get; private set; }

    public void Grow(int count) => _sketches.Grow(count);

    public void Add(int group, ulong hash)
    {
        if (!_sketches.IsValid(group) || _sketches.Get(group).Lacks(hash))
        {
            var sketch = Own(group);
            Bytes -= sketch.Bytes;
            sketch.Add(hash);
            Bytes += sketch.Bytes;
        }
    }

    public void Join(int into, int from)
    {
        if (_sketches.IsValid(from))
        {
            var sketch = Own(into);
            Bytes -= sketch.Bytes;
            sketch.Add(_sketches.Get(from));
            Bytes += sketch.Bytes;
        }
    }

    public void Clear(int slot)
    {
        Bytes -= _sketches.IsValid(slot) ? _sketches.Get(slot).Bytes : 0;
        _sketches.Clear(slot);
        _own.Remove(slot);
    }

    public IFrozenCells Freeze()
    {
        _own.Clear();
        return _sketches.Freeze();
    }

    public void Load(SnapshotReader reader, int count)
    {
        _sketches.Load(reader, count);
        for (var slot = 0; slot < count; slot++)
        {
            Bytes += _sketches.IsValid(slot) ? _sketches.Get(slot).Bytes : 0;
        }
    }

    /// <summary>The group's sketch, which no frozen column has.</summary>
    private DistinctSketch Own(int group)
    {
        if (_own.Add(group))
        {
            _sketches.Set(group, _sketches.IsValid(group) ? _sketches.Get(group).Copy() : new DistinctSketch());
        }

        return _sketches.Get(group);
    }
}
