using Microsoft.AspNetCore.Components;
using Tarn.Streams.Metrics;

namespace Tarn.Console.Components.Pages.Streams;

/// <summary>What reads a stream and remembers how far it is.</summary>
public sealed partial class ConsumersPanel
{
    [Parameter]
    [EditorRequired]
    public required IReadOnlyList<(string Name, ConsumerKind Kind, ConsumerLag? Lag)> Consumers { get; set; }

    private static string Word(ConsumerKind kind) => kind switch
    {
        ConsumerKind.Delivery => "delivery",
        ConsumerKind.View => "view",
        ConsumerKind.EnhancedFanOut => "enhanced fan-out",
        _ => throw new InvalidOperationException($"consumer kind {kind} has no word"),
    };
}
