using Tarn.Primitives.Errors;
using Tarn.Query.Executions;

namespace Tarn.Console.Components.Pages.Sql;

/// <summary>Why a statement gave no result.</summary>
/// <param name="Place">The line that it names, or null.</param>
internal sealed record SqlFault(string? Code, string Message, string? Detail, string? Hint, SourceLine? Place)
{
    public static SqlFault Of(TarnException error, string sql) => new(
        error.Code, error.Message, error.Detail, error.Hint, SourceLine.Find(sql, error.Message));

    public static SqlFault Of(QueryExecution execution)
    {
        var reason = Reason(execution);
        return new(
            execution.ErrorCode, reason, Detail: null, Hint: null, SourceLine.Find(execution.Request.Sql, reason));
    }

    /// <summary>The reason without the code that Athena puts before it: the page shows that by itself.</summary>
    private static string Reason(QueryExecution execution)
    {
        var reason = execution.StateChangeReason ?? $"the query {QueryLook.Word(execution.State)}";
        var code = execution.ErrorCode + ": ";
        return reason.StartsWith(code, StringComparison.Ordinal) ? reason[code.Length..] : reason;
    }
}
