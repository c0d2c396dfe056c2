namespace Tarn.Streams.Routing;

/// <summary>Cuts the space of hash keys, 0 to 2^128 - 1, into shards as Kinesis does.</summary>
internal static class HashRanges
{
    /// <summary>
    /// <paramref name="count"/> ranges of floor(2^128 / count) keys each; the last one also has the remainder, which is
    /// less than <paramref name="count"/>.
    /// </summary>
    public static (UInt128 From, UInt128 To)[] Split(int count)
    {
        var divisor = (UInt128)count;
        var (quotient, remainder) = UInt128.DivRem(UInt128.MaxValue, divisor);
        var width = remainder == divisor - 1 ? quotient + 1 : quotient;
        var ranges = new (UInt128, UInt128)[count];
        for (var i = 0; i < count; i++)
        {
            var from = width * (UInt128)i;
            ranges[i] = (from, i == count - 1 ? UInt128.MaxValue : from + width - 1);
        }

        return ranges;
    }
}
