using Microsoft.AspNetCore.Components;

namespace Tarn.Console.Components.Parts;

/// <summary>A page's title, with what stands beside it.</summary>
public sealed partial class PageTop
{
    [Parameter]
    [EditorRequired]
    public required string Title { get; set; }

    [Parameter]
    public RenderFragment? ChildContent { get; set; }
}
