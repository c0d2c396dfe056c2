using System.Buffers.Binary;

namespace Tarn.ContinuousQueries.State;

/// <summary>A 64-bit hash that is the same in every process and version: snapshots hold sketches made of it.</summary>
internal static class StableHash
{
    private const ulong Odd = 0x9E3779B97F4A7C15;

    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        var hash = unchecked((ulong)bytes.Length * Odd);
        while (bytes.Length >= sizeof(ulong))
        {
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        var tail = 0UL;
        for (var i = 0; i < bytes.Length; i++)
        {
            tail |= (ulong)bytes[i] << (8 * i);
        }

        return Mix(hash ^ tail);
    }

    /// <summary>The finalizer of SplitMix64.</summary>
    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value += Odd;
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}
