using Microsoft.AspNetCore.Components;

namespace Tarn.Console.Components.SignIn;

/// <summary>Leads a browser on that a ticket has signed in.</summary>
public sealed partial class SignedInPage
{
    /// <summary>The page to go on to.</summary>
    [Parameter]
    public string Path { get; set; } = "/";
}
