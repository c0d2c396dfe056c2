using Microsoft.AspNetCore.Components;
using Tarn.Query.Previews;

namespace Tarn.Console.Components.Pages.Buckets;

/// <summary>The beginning of an object as rows or as text.</summary>
public sealed partial class PreviewPanel
{
    [Parameter]
    [EditorRequired]
    public required ObjectPreview? Preview { get; set; }
}
