using Microsoft.AspNetCore.Components;

namespace Tarn.Console.Components.SignIn;

/// <summary>Asks for an access key.</summary>
public sealed partial class SignInPage
{
    /// <summary>The page to go on to.</summary>
    [Parameter]
    public string To { get; set; } = "/";

    /// <summary>Why the last attempt failed, or null.</summary>
    [Parameter]
    public string? Fault { get; set; }
}
