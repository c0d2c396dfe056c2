using Microsoft.AspNetCore.Components;
using Tarn.ContinuousQueries;

namespace Tarn.Console.Components.Pages.Queries;

/// <summary>
/// The frame of a line of batch times over the last minutes, drawn by <c>dashboard.js</c> from one event stream.
/// </summary>
public sealed partial class BatchesPanel
{
    [CascadingParameter]
    private ViewStatus View { get; set; } = null!;

    private string Source => $"/api/views/{Uri.EscapeDataString(View.Name)}/batches/events";
}
