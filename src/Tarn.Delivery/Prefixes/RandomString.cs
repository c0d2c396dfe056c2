namespace Tarn.Delivery.Prefixes;

/// <summary>The 11 hexadecimal characters of <c>!{firehose:random-string}</c>, made of a seed.</summary>
internal static class RandomString
{
    private const int Length = 11;

    /// <summary>The same for the same seed and index; otherwise as good as random.</summary>
    public static string Of(ulong seed, int index) =>
        Mix(seed + (0x9E3779B97F4A7C15UL * (ulong)(index + 1))).ToString("x16")[..Length];

    /// <summary>The last step of SplitMix64.</summary>
    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
