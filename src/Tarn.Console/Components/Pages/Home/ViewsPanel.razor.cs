using Microsoft.AspNetCore.Components;
using Tarn.Console.Lake;

namespace Tarn.Console.Components.Pages.Home;

/// <summary>Materialized views with what they hold and how far behind they are.</summary>
public sealed partial class ViewsPanel
{
    [CascadingParameter]
    private LakeGlance Glance { get; set; } = null!;
}
