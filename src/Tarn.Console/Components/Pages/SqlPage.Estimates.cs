using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Tarn.Console.Api.Sql;
using Tarn.Primitives.Errors;
using Tarn.Query.Executions;

namespace Tarn.Console.Components.Pages;

/// <summary>What the statement in the editor will read: told while it is typed, and when asked.</summary>
public sealed partial class SqlPage
{
    private static readonly TimeSpan TypingPause = TimeSpan.FromMilliseconds(500);
    private int keystrokes;

    private ScanEstimate? Estimate { get; set; }

    /// <summary>Why there is no estimate; only shown when it was asked for.</summary>
    private string? EstimateFault { get; set; }

    private QueryProgress Progress => Services.GetRequiredService<QueryProgress>();

    private async Task Typed(ChangeEventArgs change)
    {
        sql = change.Value?.ToString() ?? "";
        Estimate = null;
        EstimateFault = null;
        await EstimateLaterAsync();
    }

    /// <summary>
    /// Estimates once nothing was typed for a moment. What does not bind yet is no fault while typing.
    /// </summary>
    private async Task EstimateLaterAsync()
    {
        var typed = ++keystrokes;
        try
        {
            await Task.Delay(TypingPause, Time, leaving.Token);
            if (typed == keystrokes && await TryEstimateAsync() is null)
            {
                StateHasChanged();
            }
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            // The page was left.
        }
    }

    private async Task EstimateNowAsync() => EstimateFault = await TryEstimateAsync();

    /// <summary>Null, or why there is no estimate.</summary>
    private async Task<string?> TryEstimateAsync()
    {
        if (string.IsNullOrWhiteSpace(sql) || Handlers.Any(handler => handler.Handles(sql)))
        {
            Estimate = null;
            return null;
        }

        try
        {
            var request = new QueryRequest { Sql = sql, Database = Database };
            Estimate = await Queries.EstimateAsync(request, leaving.Token);
            return null;
        }
        catch (TarnException error)
        {
            Estimate = null;
            return error.Hint is null ? error.Message : $"{error.Message}; {error.Hint}";
        }
    }
}
