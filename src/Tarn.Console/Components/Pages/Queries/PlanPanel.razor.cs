using Microsoft.AspNetCore.Components;
using Tarn.ContinuousQueries;
using Tarn.Primitives.Errors;

namespace Tarn.Console.Components.Pages.Queries;

/// <summary>How the view is kept, as EXPLAIN tells it; read again when its statement is another one.</summary>
public sealed partial class PlanPanel
{
    private string? explained;

    [CascadingParameter]
    private ViewStatus View { get; set; } = null!;

    [Inject]
    private IContinuousQueries Views { get; set; } = null!;

    private IReadOnlyList<string> Lines { get; set; } = [];

    private string? Fault { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        if (explained == View.Sql)
        {
            return;
        }

        explained = View.Sql;
        try
        {
            Lines = await Views.ExplainAsync(View.Name, CancellationToken.None);
            Fault = null;
        }
        catch (TarnException error)
        {
            Fault = error.Describe();
        }
    }
}
