using Microsoft.AspNetCore.Components;
using Tarn.ContinuousQueries;
using Tarn.ContinuousQueries.Details;

namespace Tarn.Console.Components.Pages.Queries;

/// <summary>A view's figures of now.</summary>
public sealed partial class QueryFacts
{
    [Parameter]
    [EditorRequired]
    public required QueryDetails Details { get; set; }

    [Parameter]
    [EditorRequired]
    public required IReadOnlyList<double> Rates { get; set; }

    [Parameter]
    [EditorRequired]
    public required DateTimeOffset At { get; set; }

    [CascadingParameter]
    private ViewStatus View { get; set; } = null!;

    private QueryWords Words => new(View, At);

    private BatchTime? Last => Details.Batches.Count > 0 ? Details.Batches[^1] : null;

    private string LastWords =>
        $"{Human.Count(Last!.Records, "record")} in {Last.Batches} {(Last.Batches == 1 ? "batch" : "batches")}, "
        + $"the slowest {Human.Milliseconds(Last.MillisecondsMax)}";
}
