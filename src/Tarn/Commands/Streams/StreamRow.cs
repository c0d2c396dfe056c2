using System.Globalization;
using System.Text.Json;

namespace Tarn.Commands.Streams;

/// <summary>A stream of <c>/api/streams</c> in the words of the command line.</summary>
internal sealed class StreamRow(JsonElement stream)
{
    public string Name => stream.GetProperty("name").GetString()!;

    public long IncomingRecords => stream.GetProperty("incoming_records").GetInt64();

    public string Mode => stream.GetProperty("mode").GetString() == "on_demand" ? "on demand" : "provisioned";

    public string Durability => stream.GetProperty("durability").GetString()!;

    public string Limits => stream.GetProperty("limits").GetString()!;

    public string Retention => $"{stream.GetProperty("retention_hours").GetInt32()} h";

    public string Stored => Sizes.Bytes(stream.GetProperty("stored_bytes").GetInt64());

    /// <summary>Open ones, and how many have stopped.</summary>
    public string Shards
    {
        get
        {
            var open = stream.GetProperty("open_shards").GetInt32();
            var stopped = stream.GetProperty("shards").EnumerateArray()
                .Count(shard => shard.GetProperty("is_stopped").ValueKind == JsonValueKind.True);
            return stopped == 0 ? $"{open:N0}" : $"{open:N0}, {stopped:N0} stopped";
        }
    }

    public string Faults
    {
        get
        {
            var faults = stream.GetProperty("faults");
            var errors = faults.GetProperty("error_rate").GetDouble() * 100;
            var latency = faults.GetProperty("latency_ms").GetInt32();
            var parts = new List<string>();
            if (errors > 0)
            {
                parts.Add(errors.ToString("0.###", CultureInfo.InvariantCulture) + " % fail");
            }

            if (latency > 0)
            {
                parts.Add($"{latency} ms late");
            }

            return parts.Count == 0 ? "none" : string.Join(", ", parts);
        }
    }

    /// <summary>Name, kind and lag of each consumer.</summary>
    public IEnumerable<(string Name, string Kind, string Lag)> Consumers =>
        stream.GetProperty("consumers").EnumerateArray().Select(consumer => (
            consumer.GetProperty("name").GetString()!,
            consumer.GetProperty("kind").GetString()!.Replace('_', ' '),
            consumer.GetProperty("lag_milliseconds") is { ValueKind: JsonValueKind.Number } lag
                ? $"{Sizes.Duration(lag.GetInt64())}, {consumer.GetProperty("lag_records").GetInt64():N0} records"
                : "not reading"));
}
