using Tarn.Primitives.Errors;
using Tarn.Query.Executions;

namespace Tarn.Console.Components.Pages.Sql;

/// <summary>Why a statement gave no result.</summary>
internal sealed record SqlFault(string? Code, string Message, string? Detail, string? Hint)
{
    public static SqlFault Of(TarnException error) => new(error.Code, error.Message, error.Detail, error.Hint);

    public static SqlFault Of(QueryExecution execution) =>
        new(execution.ErrorCode, Reason(execution), Detail: null, Hint: null);

    /// <summary>The reason without the code that Athena puts before it: the page shows that by itself.</summary>
    private static string Reason(QueryExecution execution)
    {
        var reason = execution.StateChangeReason ?? $"the query {QueryLook.Word(execution.State)}";
        var code = execution.ErrorCode + ": ";
        return reason.StartsWith(code, StringComparison.Ordinal) ? reason[code.Length..] : reason;
    }
}
