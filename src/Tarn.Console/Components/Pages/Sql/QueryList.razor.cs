using Microsoft.AspNetCore.Components;
using Tarn.Query.Executions;

namespace Tarn.Console.Components.Pages.Sql;

/// <summary>Queries that were run, each leading to its result.</summary>
public sealed partial class QueryList
{
    [Parameter]
    [EditorRequired]
    public required IReadOnlyList<QueryExecution> Queries { get; set; }

    [Parameter]
    [EditorRequired]
    public required DateTimeOffset Now { get; set; }

    /// <summary>The one that is shown on the page, or null.</summary>
    [Parameter]
    public string? Current { get; set; }

    private static string OneLine(string sql) =>
        string.Join(' ', sql.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
}
