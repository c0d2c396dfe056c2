using Tarn.Primitives.Errors;
using Tarn.Query.Executions;

namespace Tarn.Console.Components.Pages.Sql;

/// <summary>Why a statement gave no result.</summary>
internal sealed record SqlFault(string? Code, string Message, string? Detail, string? Hint)
{
    public static SqlFault Of(TarnException error) => new(error.Code, error.Message, error.Detail, error.Hint);

    public static SqlFault Of(QueryExecution execution) => new(
        execution.ErrorCode,
        execution.StateChangeReason ?? $"the query {QueryLook.Word(execution.State)}",
        Detail: null,
        Hint: null);
}
