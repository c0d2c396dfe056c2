using Microsoft.AspNetCore.Components;

namespace Tarn.Console.Components;

/// <summary>The root of the circuit: which page is shown at which address.</summary>
public sealed partial class Routes
{
    /// <summary>The antiforgery token of forms that the circuit draws.</summary>
    [Parameter]
    [EditorRequired]
    public required string FormToken { get; set; }
}
