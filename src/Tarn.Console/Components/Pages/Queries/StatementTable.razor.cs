using Microsoft.AspNetCore.Components;
using Tarn.Primitives.Errors;
using Tarn.Query.Statements;

namespace Tarn.Console.Components.Pages.Queries;

/// <summary>
/// What leaves views, as a SHOW statement tells it: read again at each look of the page. Nothing is drawn where there
/// is no row, and where the statement is not known.
/// </summary>
public sealed partial class StatementTable
{
    [Parameter]
    [EditorRequired]
    public required string Statement { get; set; }

    [Parameter]
    [EditorRequired]
    public required string Title { get; set; }

    /// <summary>Only rows whose column <c>view</c> has this name; null: all.</summary>
    [Parameter]
    public string? View { get; set; }

    /// <summary>When the page looked; another time is another look.</summary>
    [Parameter]
    [EditorRequired]
    public required DateTimeOffset At { get; set; }

    [Inject]
    private IEnumerable<IStatementHandler> Handlers { get; set; } = null!;

    private IReadOnlyList<string> Columns { get; set; } = [];

    private IReadOnlyList<IReadOnlyList<string?>> Shown { get; set; } = [];

    private string? Fault { get; set; }

    private string Id => Title.ToLowerInvariant() + "-title";

    protected override async Task OnParametersSetAsync()
    {
        if (Handlers.FirstOrDefault(handler => handler.Handles(Statement)) is not { } handler)
        {
            return;
        }

        try
        {
            Show(await handler.ReadAsync(Statement, "default", CancellationToken.None));
            Fault = null;
        }
        catch (TarnException error)
        {
            Fault = error.Describe();
        }
    }

    private void Show(StatementRows answer)
    {
        var view = answer.Columns.ToList().IndexOf("view");
        Columns = answer.Columns;
        Shown = [.. answer.Rows.Where(row =>
            View is null || (view >= 0 && row[view] is { } name && QueryWords.NameIn(name) == View))];
    }

    private static string Colour(string state) => state switch
    {
        "running" or "inactive" => "ok",
        "failed" or "firing" => "bad",
        "paused" or "pending" or "retrying" => "warn",
        _ => "busy",
    };

    private static string Words(string column) =>
        char.ToUpperInvariant(column[0]) + column[1..].Replace('_', ' ');
}
