using Microsoft.AspNetCore.Components;
using Tarn.Console.Lake;

namespace Tarn.Console.Components.Pages.Deliveries;

/// <summary>A row for each delivery stream, below it its newest object or what is wrong.</summary>
public sealed partial class DeliveriesPanel
{
    [CascadingParameter]
    private LakeGlance Glance { get; set; } = null!;
}
