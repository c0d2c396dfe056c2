namespace Tarn.Testing.Nexmark;

/// <summary>SplitMix64: one state per event, so that any event can be made without those before it.</summary>
internal struct NexmarkRandom(long seed, long number)
{
    private const ulong Step = 0x9E3779B97F4A7C15;
    private ulong _state = ((ulong)seed * 0xD1B54A32D192ED03) + ((ulong)number * 0xA24BAED4963EE407);

    /// <summary>0 up to <paramref name="bound"/>, exclusive.</summary>
    public long Next(long bound) => (long)(NextBits() % (ulong)bound);

    /// <summary>0 up to 1, exclusive.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    public string NextText(int length)
    {
        Span<char> letters = stackalloc char[length];
        foreach (ref var letter in letters)
        {
            letter = (char)('a' + Next(26));
        }

        return new string(letters);
    }

    private ulong NextBits()
    {
        _state += Step;
        var bits = _state;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
