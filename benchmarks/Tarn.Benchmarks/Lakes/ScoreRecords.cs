using System.Globalization;
using System.Text;

namespace Tarn.Benchmarks.Lakes;

/// <summary>Game scores as JSON objects of exactly 118 bytes; the same index always gives the same record.</summary>
internal static class ScoreRecords
{
    public const int Bytes = 118;

    private const uint Multiplier = 2654435761;

    public static byte[] Make(long index, int users)
    {
        // Knuth's multiplicative hash spreads the users evenly without a generator's state.
        var spread = (uint)index * Multiplier;
        var user = (uint)(((ulong)spread * (ulong)users) >> 32);
        var noise = (ulong)index * 0x9E3779B97F4A7C15;
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"user_id\":{user},\"game\":\"game-{index % 20:00}\",\"score\":{spread % 10_000},"
            + $"\"at\":\"2026-11-23T04:{index / 60_000 % 60:00}:{index / 1000 % 60:00}.{index % 1000:000}Z\","
            + $"\"session\":\"{noise:x16}");
        return Encoding.ASCII.GetBytes(text.PadRight(Bytes - 2, '0') + "\"}");
    }

    public static byte[] PartitionKey(long index)
    {
        var key = (uint)index * Multiplier % 1_000_000;
        return Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"user-{key}"));
    }
}
