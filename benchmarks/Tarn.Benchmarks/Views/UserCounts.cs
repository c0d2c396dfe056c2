using System.Runtime.InteropServices;
using System.Text.Json;

namespace Tarn.Benchmarks.Views;

/// <summary>Count per user: a dictionary over what Utf8JsonReader finds.</summary>
internal sealed class UserCounts : IHandCount
{
    private readonly Dictionary<long, long> _counts = [];

    public long Total => _counts.Values.Sum();

    public void Add(ReadOnlySpan<byte> json)
    {
        // Reads on to the end: a record that is not JSON must not be counted.
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

        CollectionsMarshal.GetValueRefOrAddDefault(_counts, user, out _)++;
    }
}
