using Microsoft.AspNetCore.Components;
using Tarn.ContinuousQueries.Details;

namespace Tarn.Console.Components.Pages.Queries;

/// <summary>A row for each source: its stream, how its records read, and the views over it.</summary>
public sealed partial class SourceTable
{
    [Parameter]
    [EditorRequired]
    public required IReadOnlyList<SourceStatus> Sources { get; set; }

    [CascadingParameter]
    private QuerySelection Selection { get; set; } = null!;

    private IReadOnlyList<SourceStatus> Shown => [.. Sources.Where(source =>
        Selection.Has(source.Name) || Selection.Has(source.Stream) || Selection.Has(source.Sql))];

    private static string Columns(SourceStatus source) =>
        string.Join(", ", source.Columns.Select(column => $"{column.Name} {column.Type}"));
}
