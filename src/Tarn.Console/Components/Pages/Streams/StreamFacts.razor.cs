using Microsoft.AspNetCore.Components;
using Tarn.Console.Lake;

namespace Tarn.Console.Components.Pages.Streams;

/// <summary>A stream's settings in plain words, and what passed through it.</summary>
public sealed partial class StreamFacts
{
    [CascadingParameter]
    private StreamGlance Glance { get; set; } = null!;

    private StreamWords Words => new(Glance.Stream.Spec, Glance.Figures);
}
