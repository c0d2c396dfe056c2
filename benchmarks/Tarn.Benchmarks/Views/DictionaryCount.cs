using System.Runtime.InteropServices;
using System.Text.Json;
using Tarn.Benchmarks.Figures;
using Tarn.Benchmarks.Lakes;
using Tarn.Streams;

namespace Tarn.Benchmarks.Views;

/// <summary>
/// The ceiling: the same count by hand, a dictionary over what Utf8JsonReader finds, reading the same log. It knows its
/// one query, and neither snapshots nor answers anybody.
/// </summary>
internal static class DictionaryCount
{
    public static async Task<Measured> RunAsync(IStreams streams, string stream, long records)
    {
        var counts = new Dictionary<long, long>();
        var clock = new CpuClock();
        await StreamFill.ReadAsync(streams, stream, batch =>
        {
            foreach (var record in batch)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(counts, UserId(record.Data.Span), out _)++;
            }
        });
        var elapsed = clock.Stop();
        Totals.MustEqual(records, counts.Values.Sum(), "records counted by hand");
        return elapsed;
    }

    /// <summary>Reads on to the end: a record that is not JSON must not be counted.</summary>
    private static long UserId(ReadOnlySpan<byte> json)
    {
        long user = -1;
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("user_id"u8))
            {
                reader.Read();
                user = reader.GetInt64();
            }
        }

        return user;
    }
}
