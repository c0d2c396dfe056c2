using Microsoft.AspNetCore.Components;
using Tarn.Console.Lake;

namespace Tarn.Console.Components.Pages.Home;

/// <summary>Tables with the size of their files.</summary>
public sealed partial class TablesPanel
{
    [CascadingParameter]
    private LakeGlance Glance { get; set; } = null!;
}
