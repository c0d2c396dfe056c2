using System.Runtime.InteropServices;
using System.Text.Json;

namespace Tarn.DuckDb.JsonRecords;

/// <summary>
/// Finds the column of a member; not thread-safe. Producers write the same members in the same order, so the name that
/// followed last time is tried first; then all names seen so far, byte by byte; only a new spelling is looked up, as
/// the given function does it.
/// </summary>
public sealed class MemberNames(Func<string, int> find)
{
    /// <summary>Past so many spellings, names are looked up without being kept: they are data, not names.</summary>
    private const int SpellingsMax = 1024;
    private const int Buckets = 1024;

    /// <summary>Places count from 1; place 0 is that before the first member.</summary>
    private readonly List<Spelling> _spellings = [default];
    private readonly List<int> _following = [0];
    private readonly int[] _buckets = new int[Buckets];
    private int _last;

    /// <summary>Names seen so far that have no column.</summary>
    public IEnumerable<string> Unknown => _spellings
        .Where(spelling => spelling.Text is not null && spelling.Column < 0)
        .Select(spelling => spelling.Text!)
        .Distinct(StringComparer.Ordinal);

    /// <summary>The column, or -1 for a member without one.</summary>
    /// <param name="position">Of the member in its object, from 0.</param>
    public int Find(ref Utf8JsonReader reader, int position) => Find(reader.ValueSpan, position);

    /// <summary>The column, or -1 for a member without one.</summary>
    /// <param name="name">As it stands between the quotes, escapes and all.</param>
    /// <param name="position">Of the member in its object, from 0.</param>
    public int Find(ReadOnlySpan<byte> name, int position)
    {
        _last = position == 0 ? 0 : _last;
        var expected = _following[_last];
        if (expected > 0)
        {
            var spelling = _spellings[expected];
            if (name.SequenceEqual(spelling.Name))
            {
                _last = expected;
                return spelling.Column;
            }
        }

        return Search(name);
    }

    /// <summary>
    /// What the next member most likely begins with, quotes and colon included; empty when there is no guess.
    /// </summary>
    public ReadOnlySpan<byte> Expect(int position)
    {
        _last = position == 0 ? 0 : _last;
        return _spellings[_following[_last]].Quoted;
    }

    /// <summary>The column of what was expected.</summary>
    public int TakeExpected()
    {
        _last = _following[_last];
        return _spellings[_last].Column;
    }

    private int Search(ReadOnlySpan<byte> name)
    {
        ref var first = ref _buckets[Hash(name) % Buckets];
        for (var place = first; place > 0; place = _spellings[place].NextInBucket)
        {
            if (name.SequenceEqual(_spellings[place].Name))
            {
                return Follow(place);
            }
        }

        var text = TryGetName(name);
        var column = text is null ? -1 : find(text);
        if (_spellings.Count > SpellingsMax)
        {
            return column;
        }

        byte[] quoted = [(byte)'"', .. name, (byte)'"', (byte)':'];
        _spellings.Add(new Spelling(name.ToArray(), quoted, text, column, first));
        _following.Add(0);
        first = _spellings.Count - 1;
        return Follow(first);
    }

    private int Follow(int place)
    {
        _following[_last] = place;
        _last = place;
        return _spellings[place].Column;
    }

    private static uint Hash(ReadOnlySpan<byte> name)
    {
        if (name.Length >= sizeof(ulong))
        {
            var mixed = (MemoryMarshal.Read<ulong>(name) * 31) + MemoryMarshal.Read<ulong>(name[^sizeof(ulong)..]);
            return (uint)((mixed * 0x9E3779B97F4A7C15) >> 40) + (uint)name.Length;
        }

        var hash = (uint)name.Length;
        foreach (var letter in name)
        {
            hash = (hash * 31) + letter;
        }

        return hash;
    }

    private static string? TryGetName(ReadOnlySpan<byte> name)
    {
        try
        {
            var reader = new Utf8JsonReader((byte[])[(byte)'"', .. name, (byte)'"']);
            reader.Read();
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            // A name that is not UTF-8 is no column's name.
            return null;
        }
    }

    private readonly record struct Spelling(
        byte[] Name, byte[] Quoted, string? Text, int Column, int NextInBucket);
}
