using Tarn.Query.Executions;

namespace Tarn.Console.Components.Pages.Sql;

/// <summary>How a query's state is shown.</summary>
internal static class QueryLook
{
    public static string Class(QueryState state) => state switch
    {
        QueryState.Queued or QueryState.Running => "busy",
        QueryState.Succeeded => "ok",
        QueryState.Cancelled => "warn",
        _ => "bad",
    };

    public static string Word(QueryState state) => state switch
    {
        QueryState.Queued => "queued",
        QueryState.Running => "running",
        QueryState.Succeeded => "succeeded",
        QueryState.Cancelled => "stopped",
        _ => "failed",
    };
}
