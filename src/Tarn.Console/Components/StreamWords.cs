using System.Globalization;
using Tarn.Streams;
using Tarn.Streams.Metrics;

namespace Tarn.Console.Components;

/// <summary>A stream's settings in plain words.</summary>
/// <param name="figures">Tell whose limits hold, the stream's or the server's; null once the stream is gone.</param>
internal sealed class StreamWords(StreamSpec spec, StreamFigures? figures)
{
    public bool AreLimited => (figures?.Rates ?? spec.Rates) == StreamRates.Aws;

    public string Mode => spec.OnDemand ? "on demand: shards follow the load" : "provisioned";

    public string Durability => spec.Durability == StreamDurability.Disk
        ? "on disk (fsync) before the answer"
        : "durability os: answered before fsync; a power failure may take the last second";

    public string Limits => AreLimited
        ? "as Kinesis: 1 MiB and 1,000 records/s in, 2 MiB and 5 reads/s out per shard"
        : "none: as fast as the machine";

    public string Faults
    {
        get
        {
            var parts = new List<string>();
            if (spec.Faults.ErrorRate > 0)
            {
                var percent = (spec.Faults.ErrorRate * 100).ToString("0.###", CultureInfo.InvariantCulture);
                parts.Add($"{percent} % of records and reads fail");
            }

            if (spec.Faults.LatencyMilliseconds > 0)
            {
                parts.Add($"each call waits {spec.Faults.LatencyMilliseconds} ms");
            }

            return parts.Count == 0 ? "none" : string.Join(", ", parts) + " (injected)";
        }
    }

    public string LargestRecord => $"{Human.Count(spec.RecordBytesMax >> 10)} KiB";

    public string Retention => spec.RetentionHours % 24 == 0 && spec.RetentionHours > 24
        ? $"{spec.RetentionHours} h ({spec.RetentionHours / 24} days)"
        : $"{spec.RetentionHours} h";
}
