using Microsoft.AspNetCore.Components;
using Tarn.Console.Lake;

namespace Tarn.Console.Components.Pages.Home;

/// <summary>Delivery streams with their lag and newest object.</summary>
public sealed partial class DeliveryPanel
{
    [CascadingParameter]
    private LakeGlance Glance { get; set; } = null!;
}
