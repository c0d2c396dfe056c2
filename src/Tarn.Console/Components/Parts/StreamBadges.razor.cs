using Microsoft.AspNetCore.Components;
using Tarn.Streams;
using Tarn.Streams.Metrics;

namespace Tarn.Console.Components.Parts;

/// <summary>What sets a stream apart from others, in a word each: nothing for one that is as they all are.</summary>
public sealed partial class StreamBadges
{
    [Parameter]
    [EditorRequired]
    public required StreamDescription Stream { get; set; }

    [Parameter]
    [EditorRequired]
    public required StreamFigures? Figures { get; set; }

    private IEnumerable<(string Word, string Look, string Why)> Badges
    {
        get
        {
            var words = new StreamWords(Stream.Spec, Figures);
            if (Figures?.Shards.Any(shard => shard.IsStopped) == true)
            {
                yield return ("stopped", "bad", "an fsync failed: check the disk, then restart the server");
            }

            if (Stream.Spec.OnDemand)
            {
                yield return ("on demand", "", words.Mode);
            }

            if (Stream.Spec.Durability == StreamDurability.OperatingSystem)
            {
                yield return ("durability os", "warn", words.Durability);
            }

            if (words.AreLimited)
            {
                yield return ("limits aws", "", words.Limits);
            }

            if (Stream.Spec.Faults != StreamFaults.None)
            {
                yield return ("faults", "warn", words.Faults);
            }
        }
    }
}
