using Microsoft.AspNetCore.Components;

namespace Tarn.Console.Components.Pages.Buckets;

/// <summary>The folders above what is shown, each a link.</summary>
public sealed partial class WayDown
{
    [Parameter]
    [EditorRequired]
    public required string Bucket { get; set; }

    /// <summary>A prefix or a key.</summary>
    [Parameter]
    [EditorRequired]
    public required string Key { get; set; }
}
