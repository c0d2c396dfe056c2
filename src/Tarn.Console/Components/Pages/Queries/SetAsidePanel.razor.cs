using Microsoft.AspNetCore.Components;
using Tarn.ContinuousQueries;
using Tarn.ContinuousQueries.Details;

namespace Tarn.Console.Components.Pages.Queries;

/// <summary>The newest records that a view did not count, with the reason.</summary>
public sealed partial class SetAsidePanel
{
    [Parameter]
    [EditorRequired]
    public required QueryDetails Details { get; set; }

    [CascadingParameter]
    private ViewStatus View { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private QueryWords Words => new(View, Time.GetUtcNow());

    private static string Told(int shown, long all) => shown == 0 || shown == all
        ? Human.Count(all)
        : $"the newest {Human.Count(shown)} of {Human.Count(all)}";
}
