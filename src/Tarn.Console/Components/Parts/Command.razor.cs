using Microsoft.AspNetCore.Components;

namespace Tarn.Console.Components.Parts;

/// <summary>A command to be copied into a terminal.</summary>
public sealed partial class Command
{
    [Parameter]
    [EditorRequired]
    public required string Text { get; set; }
}
