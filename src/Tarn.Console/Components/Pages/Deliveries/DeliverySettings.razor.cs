using Microsoft.AspNetCore.Components;
using Tarn.Delivery;

namespace Tarn.Console.Components.Pages.Deliveries;

/// <summary>A delivery stream's settings in plain words.</summary>
public sealed partial class DeliverySettings
{
    [CascadingParameter]
    private DeliveryStatus Status { get; set; } = null!;
}
