using System.Numerics;
using Tarn.ContinuousQueries.Snapshots;

namespace Tarn.ContinuousQueries.State;

/// <summary>
/// HyperLogLog of 4,096 registers: how many distinct hashes it has seen, with a standard error of 1.6 %, whatever the
/// order and however often. Few registers are held as a list, which costs four bytes each; at 512 they take 4 KiB.
/// Estimates by Ertl, "New cardinality estimation algorithms for HyperLogLog sketches" (2017), which needs no
/// correction by tables at any size.
/// </summary>
internal sealed class DistinctSketch
{
    private const int IndexBits = 12;
    private const int RankMax = 64 - IndexBits + 1;
    private const int Registers = 1 << IndexBits;
    private const int SparseMax = 512;

    /// <summary>By index, the rank in the low byte; then <see cref="_dense"/> is null.</summary>
    private int[] _sparse = [];
    private int _count;
    private byte[]? _dense;

    public int Bytes => _dense?.Length ?? (_sparse.Length * sizeof(int));

    public DistinctSketch Copy() => new() { _sparse = [.. _sparse], _count = _count, _dense = _dense?.ToArray() };

    /// <summary>Whether adding the hash would change anything.</summary>
    public bool Lacks(ulong hash)
    {
        var (index, rank) = Split(hash);
        return RankAt(index) < rank;
    }

    public void Add(ulong hash)
    {
        var (index, rank) = Split(hash);
        Raise(index, rank);
    }

    public void Add(DistinctSketch other)
    {
        for (var index = 0; index < Registers && other._dense is not null; index++)
        {
            Raise(index, other._dense[index]);
        }

        for (var i = 0; i < other._count && other._dense is null; i++)
        {
            Raise(other._sparse[i] >> 8, other._sparse[i] & 0xFF);
        }
    }

    public long Estimate()
    {
        Span<int> counts = stackalloc int[RankMax + 1];
        for (var i = 0; i < _count && _dense is null; i++)
        {
            counts[_sparse[i] & 0xFF]++;
        }

        foreach (var rank in _dense ?? [])
        {
            counts[rank]++;
        }

        counts[0] = _dense is null ? Registers - _count : counts[0];
        double m = Registers;
        var sum = m * Tau(1 - (counts[RankMax] / m));
        for (var rank = RankMax - 1; rank >= 1; rank--)
        {
            sum = 0.5 * (sum + counts[rank]);
        }

        sum += m * Sigma(counts[0] / m);
        return (long)Math.Round(m * m / (2 * Math.Log(2) * sum));
    }

    /// <summary>Four bytes: how many registers follow, of four bytes each; -1: all of one byte.</summary>
    public void Save(SnapshotWriter writer)
    {
        writer.WriteInt32(_dense is null ? _count : -1);
        writer.WriteRaw(_dense);
        for (var i = 0; i < _count && _dense is null; i++)
        {
            writer.WriteInt32(_sparse[i]);
        }
    }

    public static DistinctSketch Load(SnapshotReader reader)
    {
        var count = reader.ReadInt32();
        if (count is < -1 or > SparseMax)
        {
            throw new InvalidDataException($"a sketch of {count} registers");
        }

        var sketch = new DistinctSketch { _dense = count < 0 ? reader.ReadRaw(Registers).ToArray() : null };
        for (; count > 0; count--)
        {
            var register = reader.ReadInt32();
            sketch.Raise(register >> 8, register & 0xFF);
        }

        return sketch;
    }

    private static (int Index, int Rank) Split(ulong hash) => (
        (int)(hash >> (64 - IndexBits)), Math.Min(BitOperations.LeadingZeroCount(hash << IndexBits) + 1, RankMax));

    private int RankAt(int index)
    {
        if (_dense is not null)
        {
            return _dense[index];
        }

        var at = Find(index);
        return at >= 0 ? _sparse[at] & 0xFF : 0;
    }

    private void Raise(int index, int rank)
    {
        if (RankAt(index) >= rank)
        {
            return;
        }

        if (_dense is not null)
        {
            _dense[index] = (byte)rank;
            return;
        }

        var at = Find(index);
        if (at >= 0)
        {
            _sparse[at] = (index << 8) | rank;
        }
        else if (_count < SparseMax)
        {
            Insert(~at, (index << 8) | rank);
        }
        else
        {
            Unfold();
            _dense![index] = (byte)rank;
        }
    }

    private void Insert(int at, int register)
    {
        if (_count == _sparse.Length)
        {
            Array.Resize(ref _sparse, Math.Max(4, _count * 2));
        }

        _sparse.AsSpan(at, _count - at).CopyTo(_sparse.AsSpan(at + 1));
        _sparse[at] = register;
        _count++;
    }

    private void Unfold()
    {
        _dense = new byte[Registers];
        for (var i = 0; i < _count; i++)
        {
            _dense[_sparse[i] >> 8] = (byte)_sparse[i];
        }

        (_sparse, _count) = ([], 0);
    }

    /// <summary>Where the register is, or the complement of where it would be.</summary>
    private int Find(int index)
    {
        var (low, high) = (0, _count - 1);
        while (low <= high)
        {
            var middle = (low + high) >> 1;
            var found = _sparse[middle] >> 8;
            if (found == index)
            {
                return middle;
            }

            (low, high) = found < index ? (middle + 1, high) : (low, middle - 1);
        }

        return ~low;
    }

    private static double Sigma(double x)
    {
        if (x == 1)
        {
            return double.PositiveInfinity;
        }

        var (y, z, before) = (1.0, x, double.NaN);
        while (z != before)
        {
            x *= x;
            before = z;
            z += x * y;
            y += y;
        }

        return z;
    }

    private static double Tau(double x)
    {
        if (x is 0 or 1)
        {
            return 0;
        }

        var (y, z, before) = (1.0, 1 - x, double.NaN);
        while (z != before)
        {
            x = Math.Sqrt(x);
            before = z;
            y *= 0.5;
            z -= (1 - x) * (1 - x) * y;
        }

        return z / 3;
    }
}
