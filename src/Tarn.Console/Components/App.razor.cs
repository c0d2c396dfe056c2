using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;

namespace Tarn.Console.Components;

/// <summary>The document around all pages.</summary>
public sealed partial class App
{
    /// <summary>Where the console's static assets lie.</summary>
    internal const string Root = "_content/Tarn.Console/";

    private static readonly IComponentRenderMode Circuit = new InteractiveServerRenderMode(prerender: false);

    [CascadingParameter]
    private HttpContext Request { get; set; } = null!;

    [Inject]
    private IAntiforgery Antiforgery { get; set; } = null!;

    /// <summary>Of the sign-out form, which a circuit draws and could not make a token for.</summary>
    private string FormToken => Antiforgery.GetAndStoreTokens(Request).RequestToken!;
}
