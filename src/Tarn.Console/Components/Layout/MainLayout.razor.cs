using Microsoft.AspNetCore.Components;
using MudBlazor;
using Tarn.Dashboards;

namespace Tarn.Console.Components.Layout;

/// <summary>The frame around every page: where one is, where one can go, theme and sign-out.</summary>
public sealed partial class MainLayout
{
    private static readonly MudTheme Theme = new()
    {
        Typography = new Typography { Default = new DefaultTypography { FontFamily = ["system-ui", "sans-serif"] } },
    };

    [CascadingParameter(Name = "FormToken")]
    private string FormToken { get; set; } = "";

    private IReadOnlyList<DashboardSpec> Dashboards { get; set; } = [];

    /// <summary>Whether the circuit answers; tests wait for it.</summary>
    private string IsReady { get; set; } = "false";

    /// <summary>With a base address of <c>/</c> a bare fragment would lead home.</summary>
    private string SkipLink => "/" + Navigation.ToBaseRelativePath(Navigation.Uri).Split('#')[0] + "#content";

    [Inject]
    private IDashboards Declared { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    protected override async Task OnParametersSetAsync() =>
        Dashboards = await Declared.ListAsync(CancellationToken.None);

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            IsReady = "true";
            StateHasChanged();
        }
    }
}
