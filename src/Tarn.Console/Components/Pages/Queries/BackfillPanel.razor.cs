using Microsoft.AspNetCore.Components;
using Tarn.ContinuousQueries;

namespace Tarn.Console.Components.Pages.Queries;

/// <summary>How far the new version of a view is.</summary>
public sealed partial class BackfillPanel
{
    [CascadingParameter]
    private ViewStatus View { get; set; } = null!;

    private BackfillStatus Backfill => View.Backfill!;

    private string Remaining => Backfill.RemainingMilliseconds is { } left
        ? $", about {Human.Duration(TimeSpan.FromMilliseconds(left))} left"
        : "";
}
