using Microsoft.AspNetCore.Components;
using Tarn.Delivery;

namespace Tarn.Console.Components.Pages.Deliveries;

/// <summary>How far a delivery stream is, and what its last attempt came to.</summary>
public sealed partial class DeliveryFacts
{
    [Parameter]
    [EditorRequired]
    public required IReadOnlyList<double> Lags { get; set; }

    [Parameter]
    [EditorRequired]
    public required DateTimeOffset At { get; set; }

    [CascadingParameter]
    private DeliveryStatus Status { get; set; } = null!;

    private DeliveryWords Words => new(Status);
}
