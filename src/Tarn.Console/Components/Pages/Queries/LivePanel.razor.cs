using Microsoft.AspNetCore.Components;
using Tarn.ContinuousQueries;

namespace Tarn.Console.Components.Pages.Queries;

/// <summary>
/// The frame of a view's rows, drawn by <c>live.js</c> from the view's subscription; rows never pass through this
/// component.
/// </summary>
public sealed partial class LivePanel
{
    [CascadingParameter]
    private ViewStatus View { get; set; } = null!;

    /// <summary>The script keeps as many rows as it asks for.</summary>
    private string Source => $"/api/views/{Uri.EscapeDataString(View.Name)}/events?rows_max=2000";
}
