using System.Runtime.InteropServices;
using System.Text.Json;

namespace Tarn.Benchmarks.Views;

/// <summary>Count and sum per minute: a dictionary over what Utf8JsonReader finds.</summary>
internal sealed class MinuteSums : IHandCount
{
    private readonly Dictionary<long, (long Count, long Sum)> _minutes = [];

    public long Total => _minutes.Values.Sum(minute => minute.Count);

    public void Add(ReadOnlySpan<byte> json)
    {
        var (at, score) = (default(DateTimeOffset), 0L);
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            if (reader.ValueTextEquals("at"u8))
            {
                reader.Read();
                at = reader.GetDateTimeOffset();
            }
            else if (reader.ValueTextEquals("score"u8))
            {
                reader.Read();
                score = reader.GetInt64();
            }
        }

        var minute = at.UtcTicks / TimeSpan.TicksPerMinute;
        ref var sums = ref CollectionsMarshal.GetValueRefOrAddDefault(_minutes, minute, out _);
        sums = (sums.Count + 1, sums.Sum + score);
    }
}
