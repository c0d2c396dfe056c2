using Microsoft.AspNetCore.Components;
using Tarn.Console.Lake;
using Tarn.Streams.Consumers;
using Tarn.Streams.Metrics;

namespace Tarn.Console.Components.Pages;

/// <summary>One stream: settings, rates, consumers, shards and what arrives.</summary>
public sealed partial class StreamPage
{
    [Parameter]
    public required string Name { get; set; }

    [Inject]
    private IStreamConsumers Registered { get; set; } = null!;

    private StreamGlance? Found => Glance?.Streams.FirstOrDefault(stream => stream.Stream.Name == Name);

    /// <summary>Those that read, and those that are registered and do not read now (no lag).</summary>
    private IReadOnlyList<(string Name, ConsumerKind Kind, ConsumerLag? Lag)> Consumers
    {
        get
        {
            var reading = Glance!.Consumers.Where(lag => lag.Stream == Name).ToList();
            var idle = Registered.List(Name).Where(consumer => !reading.Exists(lag =>
                lag.Kind == ConsumerKind.EnhancedFanOut && lag.Consumer == consumer.Name));
            return
            [
                .. reading.Select(lag => (lag.Consumer, lag.Kind, (ConsumerLag?)lag)),
                .. idle.Select(consumer => (consumer.Name, ConsumerKind.EnhancedFanOut, (ConsumerLag?)null)),
            ];
        }
    }
}
