using Microsoft.AspNetCore.Components;

namespace Tarn.Console.Components.Pages.Streams;

/// <summary>
/// The frame of a stream's newest records, drawn by <c>dashboard.js</c>; rows never pass through this component.
/// </summary>
public sealed partial class TailPanel
{
    [Parameter]
    [EditorRequired]
    public required string Stream { get; set; }

    private string Source => $"/api/streams/{Uri.EscapeDataString(Stream)}/newest/events";
}
