using Microsoft.AspNetCore.Components;
using Tarn.Console.Lake;

namespace Tarn.Console.Components.Pages.Home;

/// <summary>The last queries with what they read.</summary>
public sealed partial class QueriesPanel
{
    [CascadingParameter]
    private LakeGlance Glance { get; set; } = null!;
}
