using Microsoft.AspNetCore.Components;
using Tarn.Console.Lake;

namespace Tarn.Console.Components.Pages.Home;

/// <summary>Streams with their rate and newest record.</summary>
public sealed partial class StreamsPanel
{
    [CascadingParameter]
    private LakeGlance Glance { get; set; } = null!;
}
