using Microsoft.AspNetCore.Components;
using Tarn.ContinuousQueries;

namespace Tarn.Console.Components.Pages.Queries;

/// <summary>A row for each view that is selected, below it what is wrong.</summary>
public sealed partial class ViewTable
{
    private static readonly (string Key, string Title)[] Heads =
    [
        ("name", "View"), ("state", "State"), ("rate", "Records/s"), ("lag", "Lag"), ("watermark", "Watermark"),
        ("late", "Late"), ("bad", "Bad"), ("rows", "State rows"), ("bytes", "State size"),
    ];

    [Parameter]
    [EditorRequired]
    public required IReadOnlyList<ViewStatus> Views { get; set; }

    [Parameter]
    [EditorRequired]
    public required DateTimeOffset At { get; set; }

    /// <summary>Called with the order that is wanted.</summary>
    [Parameter]
    public EventCallback<string> Turned { get; set; }

    [CascadingParameter]
    private QuerySelection Selection { get; set; } = null!;

    private IReadOnlyList<ViewStatus> Shown => Selection.Of(Views);

    private string Told => Shown.Count == Views.Count
        ? Human.Count(Views.Count)
        : $"{Human.Count(Shown.Count)} of {Human.Count(Views.Count)}";
}
