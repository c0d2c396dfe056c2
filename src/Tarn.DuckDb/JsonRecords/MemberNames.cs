using System.Text.Json;

namespace Tarn.DuckDb.JsonRecords;

/// <summary>
/// Finds the column of a member; not thread-safe. Producers write the same members in the same order, so the name found
/// last time at this position is tried first; then all names seen so far, byte by byte; only a new spelling is looked
/// up, as the given function does it.
/// </summary>
public sealed class MemberNames(Func<string, int> find)
{
    private const int PositionsMax = 128;

    /// <summary>Past so many spellings, names are looked up without being kept: they are data, not names.</summary>
    private const int SpellingsMax = 256;

    private readonly List<Spelling> _spellings = [];
    private readonly int[] _expected = new int[PositionsMax];

    /// <summary>The column, or -1 for a member without one.</summary>
    public int Find(ref Utf8JsonReader reader, int position)
    {
        var name = reader.ValueSpan;
        if (position < PositionsMax)
        {
            var expected = _expected[position];
            if (expected < _spellings.Count && name.SequenceEqual(_spellings[expected].Name))
            {
                return _spellings[expected].Column;
            }
        }

        return Search(ref reader, name, position);
    }

    private int Search(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, int position)
    {
        for (var index = 0; index < _spellings.Count; index++)
        {
            if (name.SequenceEqual(_spellings[index].Name))
            {
                Expect(position, index);
                return _spellings[index].Column;
            }
        }

        var column = TryGetName(ref reader) is { } text ? find(text) : -1;
        if (_spellings.Count < SpellingsMax)
        {
            _spellings.Add(new Spelling(name.ToArray(), column));
            Expect(position, _spellings.Count - 1);
        }

        return column;
    }

    private static string? TryGetName(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            // A name that is not UTF-8 is no column's name.
            return null;
        }
    }

    private void Expect(int position, int spelling)
    {
        if (position < PositionsMax)
        {
            _expected[position] = spelling;
        }
    }

    private readonly record struct Spelling(byte[] Name, int Column);
}
