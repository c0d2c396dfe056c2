using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Tarn.ContinuousQueries;

namespace Tarn.Console.Components.Pages.Queries;

/// <summary>What can be done with a query; what takes something away is asked twice.</summary>
public sealed partial class QueryActions
{
    private ElementReference yes;
    private bool isAskedNow;

    /// <summary>Called with what is to be done.</summary>
    [Parameter]
    [EditorRequired]
    public EventCallback<QueryAction> Asked { get; set; }

    [Parameter]
    public bool IsBusy { get; set; }

    [CascadingParameter]
    private ViewStatus View { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private bool IsStopped => View.Phase is ViewPhase.Paused or ViewPhase.Failed;

    /// <summary>What waits for a yes, or null.</summary>
    private QueryAction? Pending { get; set; }

    private QueryWords Words => new(View, Time.GetUtcNow());

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (isAskedNow)
        {
            isAskedNow = false;
            await yes.FocusAsync();
        }
    }

    private string Expanded(QueryAction action) => Pending == action ? "true" : "false";

    private void Ask(QueryAction action)
    {
        Pending = Pending == action ? null : action;
        isAskedNow = Pending is not null;
    }

    private void CloseOnEscape(KeyboardEventArgs pressed)
    {
        if (pressed.Key == "Escape")
        {
            Pending = null;
        }
    }

    private Task ConfirmAsync(QueryAction action)
    {
        Pending = null;
        return Asked.InvokeAsync(action);
    }
}
