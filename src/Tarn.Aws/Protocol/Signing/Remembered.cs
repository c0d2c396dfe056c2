using System.Collections.Concurrent;

namespace Tarn.Aws.Protocol.Signing;

/// <summary>
/// What the same text of a header was read as before: few texts, sent again and again. Bounded, because anybody can
/// send other ones. Thread-safe.
/// </summary>
internal sealed class Remembered<TValue>(Func<string, TValue> read)
    where TValue : class
{
    private const int CountMax = 1024;
    private const int TextLengthMax = 512;

    private readonly ConcurrentDictionary<string, TValue> _known = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>What the text means; throws what reading it throws.</summary>
    public TValue Of(ReadOnlySpan<char> text)
    {
        if (_known.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out var known))
        {
            return known;
        }

        var copy = text.ToString();
        var value = read(copy);
        if (copy.Length <= TextLengthMax)
        {
            if (Interlocked.Increment(ref _count) > CountMax)
            {
                _known.Clear();
                Volatile.Write(ref _count, 1);
            }

            _known[copy] = value;
        }

        return value;
    }
}
