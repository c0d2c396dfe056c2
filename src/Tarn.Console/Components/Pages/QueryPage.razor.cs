using Microsoft.AspNetCore.Components;
using Tarn.Console.Components.Pages.Queries;
using Tarn.Console.Lake;
using Tarn.ContinuousQueries;
using Tarn.ContinuousQueries.Details;
using Tarn.Primitives.Errors;

namespace Tarn.Console.Components.Pages;

/// <summary>One view: state, figures, its rows as they change, SQL, plan, and the records it did not count.</summary>
public sealed partial class QueryPage
{
    private const int RatesMax = 60;
    private const int RowsShown = 20;
    private readonly List<double> rates = [];

    [Parameter]
    public required string Name { get; set; }

    [Inject]
    private IContinuousQueries Views { get; set; } = null!;

    [Inject]
    private IQueryDetails Reader { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private ViewStatus? Found { get; set; }

    private QueryDetails? Details { get; set; }

    /// <summary>Records per second at each look of the last minute.</summary>
    private IReadOnlyList<double> Rates => rates;

    private bool IsBusy { get; set; }

    private string? Said { get; set; }

    private string? ActionFault { get; set; }

    private string? Hint => Suggestion.Hint(Name, Views.List().Select(view => view.Name));

    protected override void OnParametersSet()
    {
        if (Found is not null && !Found.Name.Equals(Name, StringComparison.OrdinalIgnoreCase))
        {
            rates.Clear();
            (Said, ActionFault) = (null, null);
            Look();
        }
    }

    private protected override void OnLooked(LakeGlance glance)
    {
        Look();
        if (Found is { } view)
        {
            rates.Add(view.RecordsPerSecond);
            rates.RemoveRange(0, Math.Max(0, rates.Count - RatesMax));
        }
    }

    private void Look() => (Found, Details) = (Views.Find(Name), Reader.Find(Name, RowsShown));

    private QueryWords Words(ViewStatus view) => new(view, Clock.GetUtcNow());

    private async Task RunAsync(QueryAction action)
    {
        if (Found is not { } view || IsBusy)
        {
            return;
        }

        (IsBusy, Said, ActionFault) = (true, null, null);
        try
        {
            Said = await DoAsync(action, view);
            Look();
        }
        catch (TarnException error)
        {
            ActionFault = error.Describe();
        }
        finally
        {
            IsBusy = false;
        }

        if (Found is null)
        {
            Navigation.NavigateTo("/queries");
        }
    }

    private async Task<string> DoAsync(QueryAction action, ViewStatus view)
    {
        switch (action)
        {
            case QueryAction.Pause:
                await Views.PauseAsync(view.Name, CancellationToken.None);
                return "Paused. The view stays readable as it stands.";
            case QueryAction.Resume:
                await Views.ResumeAsync(view.Name, CancellationToken.None);
                return "Resumed. It counts on where it stood.";
            case QueryAction.Backfill:
                await Views.BackfillAsync(view.Name, CancellationToken.None);
                return "A new version counts from the oldest record kept; this one is read until it has caught up.";
            case QueryAction.Drop:
                var name = SqlNames.Of(view.Database, view.Name);
                return await Views.ExecuteAsync(
                    $"DROP MATERIALIZED VIEW {name}", view.Database, CancellationToken.None);
            default:
                throw new InvalidOperationException($"action {action} is not known");
        }
    }
}
