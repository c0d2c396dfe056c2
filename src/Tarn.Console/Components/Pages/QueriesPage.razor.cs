using Microsoft.AspNetCore.Components;
using Tarn.Console.Components.Pages.Queries;
using Tarn.ContinuousQueries.Details;

namespace Tarn.Console.Components.Pages;

/// <summary>
/// All sources and views, and what leaves views, with state and figures. What is filtered and how it is sorted is part
/// of the page's address.
/// </summary>
public sealed partial class QueriesPage
{
    [SupplyParameterFromQuery(Name = "q")]
    public string? Text { get; set; }

    [SupplyParameterFromQuery(Name = "state")]
    public string? State { get; set; }

    [SupplyParameterFromQuery(Name = "sort")]
    public string? Order { get; set; }

    [Inject]
    private IQueryDetails Details { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private IReadOnlyList<SourceStatus> Sources => Details.Sources();

    private QuerySelection Selection => new(Text ?? "", State ?? "", Order ?? QuerySelection.DefaultOrder);

    private void Typed(ChangeEventArgs typed) => Show("q", typed.Value as string);

    private void Chosen(ChangeEventArgs chosen) => Show("state", chosen.Value as string);

    private void Turn(string order) => Show("sort", order);

    private void Show(string parameter, string? value) => Navigation.NavigateTo(
        Navigation.GetUriWithQueryParameter(parameter, string.IsNullOrEmpty(value) ? null : value),
        new NavigationOptions { ReplaceHistoryEntry = true });
}
