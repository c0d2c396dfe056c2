using Microsoft.AspNetCore.Components;
using Tarn.Delivery;

namespace Tarn.Console.Components.Pages.Deliveries;

/// <summary>How far a delivery stream is in each shard, the backup apart.</summary>
public sealed partial class DeliveryShards
{
    private const int ShardsShown = 100;

    [CascadingParameter]
    private DeliveryStatus Status { get; set; } = null!;
}
